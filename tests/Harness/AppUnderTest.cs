using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Muster.App.GitHub.Budget;
using Muster.App.Storage;
using Muster.Contracts;

namespace Muster.App.Tests;

/// <summary>The whole app on a free port of loopback, with a folder and keys of its own.</summary>
public sealed class AppUnderTest : IAsyncDisposable
{
    public const string WebhookSecret = "a secret of the tests, long enough";

    private static readonly ConcurrentDictionary<string, string> Keys = new();

    private readonly TemporaryFolder folder;
    private readonly WebApplication app;

    private AppUnderTest(TemporaryFolder folder, WebApplication app, ManualTime time, Contract contract)
    {
        this.folder = folder;
        this.app = app;
        Time = time;
        Contract = contract;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Http = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    /// <summary>Speaks to the app.</summary>
    public HttpClient Http { get; }

    public ManualTime Time { get; }

    /// <summary>What was said on the line to GitHub; at the end none of it may be wrong.</summary>
    public Contract Contract { get; }

    public Store Store => app.Services.GetRequiredService<Store>();

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>So much may be asked for that nothing waits, while the clock of a test stands still.</summary>
    public static BudgetLimits FreeBudget { get; } = new()
    {
        ContentPerMinute = 100_000,
        ContentPerHour = 100_000,
        PointsPerMinute = 1_000_000,
        Spacing = TimeSpan.Zero,
    };

    public static Task<AppUnderTest> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(new ManualTime(), settings);

    public static Task<AppUnderTest> StartAsync(ManualTime time, params (string Key, string Value)[] settings) =>
        StartAsync(time, FreeBudget, settings);

    public static async Task<AppUnderTest> StartAsync(ManualTime time, BudgetLimits budget, params (string Key, string Value)[] settings)
    {
        var folder = new TemporaryFolder();
        var contract = new Contract();
        var app = AppBuilder.Build(
            [],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(SettingsOf(folder));
                builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => $"Muster:{s.Key}", s => (string?)s.Value));
                builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Services.AddSingleton<TimeProvider>(time).AddSingleton(budget);
                builder.Services.HoldTo(contract);
            });
        await AppBuilder.StartAsync(app);
        return new AppUnderTest(folder, app, time, contract);
    }

    /// <summary>All that the app has to be told, with fresh keys.</summary>
    public static Dictionary<string, string?> SettingsOf(TemporaryFolder folder) => new()
    {
        ["Muster:GitHub:ApiUrl"] = "http://127.0.0.1:9",
        ["Muster:GitHub:ServerUrl"] = "http://127.0.0.1:9",
        ["Muster:GitHub:AppId"] = "1001",
        ["Muster:GitHub:PrivateKeyPath"] = WriteKey(folder["author.pem"]),
        ["Muster:GitHub:WebhookSecret"] = WebhookSecret,
        ["Muster:Storage"] = $"sqlite:{folder["muster.db"]}",
    };

    /// <summary>Writes a private key; files of one name get the same, because making one takes longer than most tests.</summary>
    public static string WriteKey(string path)
    {
        File.WriteAllText(path, Keys.GetOrAdd(Path.GetFileName(path), _ => NewKey()));
        return path;
    }

    /// <summary>As GitHub signs it.</summary>
    public static string Sign(byte[] body, string secret = WebhookSecret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
        Contract.Verify();
    }

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
