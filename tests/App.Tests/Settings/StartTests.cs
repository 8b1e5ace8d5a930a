using System.Net;
using System.Net.Sockets;

namespace Muster.App.Tests.Settings;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Without_settings_it_ends_with_2_and_says_all_that_is_missing()
    {
        var error = await RefusalAsync([]);

        Assert.StartsWith("muster-app does not start:", error);
        Assert.Equal(3, error.Split('\n').Count(line => line.StartsWith("  Muster__GitHub__", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_setting_ends_it_with_2()
    {
        var settings = AppUnderTest.SettingsOf(folder);
        settings["Muster:Lease"] = "five minutes";

        Assert.Contains("Muster__Lease: not a duration", await RefusalAsync(settings));
    }

    [Fact]
    public async Task A_damaged_store_ends_it_with_2()
    {
        await File.WriteAllTextAsync(folder["muster.db"], new string('?', 9000));

        Assert.Contains("is damaged", await RefusalAsync(AppUnderTest.SettingsOf(folder)));
    }

    [Fact]
    public async Task A_taken_port_ends_it_with_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = AppUnderTest.SettingsOf(folder);
        settings["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}";

        Assert.Contains("ASPNETCORE_URLS: ", await RefusalAsync(settings));
    }

    [Fact]
    public async Task An_address_that_is_none_ends_it_with_2()
    {
        var settings = AppUnderTest.SettingsOf(folder);
        settings["ASPNETCORE_URLS"] = "eight thousand";

        Assert.Contains("ASPNETCORE_URLS: ", await RefusalAsync(settings));
    }

    private async Task<string> RefusalAsync(Dictionary<string, string?> settings)
    {
        await using var app = AppProcess.Start(settings, folder.Path);
        var (code, error) = await app.EndAsync();

        Assert.Equal(2, code);
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("Unhandled", error);
        return error;
    }
}
