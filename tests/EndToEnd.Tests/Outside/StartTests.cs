using Muster.Demo.Staging;

namespace Muster.EndToEnd.Tests.Outside;

/// <summary>The two published commands with settings that cannot work: every fault at once, exit 2, no stack trace.</summary>
public sealed class StartTests
{
    private readonly Places places = Places.Find();

    [Fact]
    public async Task The_app_names_every_missing_setting_and_ends_with_2()
    {
        var (code, errors) = await StartAsync(places.MusterApp, [], []);

        Assert.Equal(2, code);
        Assert.Contains("Muster__GitHub__AppId", errors, StringComparison.Ordinal);
        Assert.Contains("Muster__GitHub__PrivateKeyPath", errors, StringComparison.Ordinal);
        Assert.Contains("Muster__GitHub__WebhookSecret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_names_every_wrong_setting_and_no_secret()
    {
        var (code, errors) = await StartAsync(places.MusterApp, [], new()
        {
            ["Muster__GitHub__AppId"] = "many",
            ["Muster__GitHub__PrivateKeyPath"] = "/nowhere/at-all.pem",
            ["Muster__GitHub__WebhookSecret"] = "guess-me",
            ["Muster__Storage"] = "mysql://root:hunter2@db",
            ["Muster__Gather"] = "soon",
            ["Muster__GitHub__ApiUrl"] = "github",
        });

        Assert.Equal(2, code);
        foreach (var name in new[] { "AppId", "PrivateKeyPath", "WebhookSecret", "ApiUrl" })
        {
            Assert.Contains($"Muster__GitHub__{name}", errors, StringComparison.Ordinal);
        }

        Assert.Contains("Muster__Storage", errors, StringComparison.Ordinal);
        Assert.Contains("Muster__Gather", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("guess-me", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_runner_names_every_missing_setting_and_ends_with_2()
    {
        var (code, errors) = await StartAsync(places.Muster, ["run"], []);

        Assert.Equal(2, code);
        Assert.Contains("Muster__AppUrl", errors, StringComparison.Ordinal);
        Assert.Contains("Muster__Home", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_runner_names_every_wrong_setting()
    {
        var (code, errors) = await StartAsync(places.Muster, ["run"], new()
        {
            ["Muster__AppUrl"] = "over there",
            ["Muster__Home"] = "not/absolute",
            ["Muster__Slots"] = "0",
            ["Muster__Sandbox"] = "maybe",
        });

        Assert.Equal(2, code);
        foreach (var name in new[] { "AppUrl", "Home", "Slots", "Sandbox" })
        {
            Assert.Contains($"Muster__{name}", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_commands_work_through_a_link_and_from_any_folder()
    {
        var folder = Directory.CreateTempSubdirectory("muster-link-");
        try
        {
            var link = Path.Combine(folder.FullName, "m");
            File.CreateSymbolicLink(link, places.Muster);

            var (code, output, _) = await Commands.RunAsync(link, ["--help"], Host.CleanEnvironment(folder.FullName), "/");

            Assert.Equal(0, code);
            Assert.Contains("run", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Errors)> StartAsync(string program, string[] arguments, Dictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("muster-start-");
        try
        {
            var environment = Host.CleanEnvironment(folder.FullName);
            environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
            foreach (var (key, value) in settings)
            {
                environment[key] = value;
            }

            var (code, output, errors) = await Commands.RunAsync(program, arguments, environment, folder.FullName);
            Assert.DoesNotMatch(@"(?m)^\s+at \S+\(", output + errors);
            Assert.DoesNotContain("Unhandled exception", output + errors, StringComparison.Ordinal);
            return (code, output + errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
