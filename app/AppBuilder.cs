using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.App.Runners;
using Muster.App.Settings;
using Muster.App.Setup;
using Muster.App.Status;
using Muster.App.Storage;
using Muster.App.Telemetry;
using Muster.App.Webhooks;

namespace Muster.App;

/// <summary>The table of contents: every part of the app, in the order in which an issue meets them.</summary>
public static class AppBuilder
{
    /// <param name="change">What a test puts in another's place.</param>
    /// <exception cref="StartException">The settings, or the store, are not fit to start with.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = Begin(args);
        change?.Invoke(builder);
        if (SetupHost.FolderOf(builder.Configuration) is { } folder)
            builder.Configuration.AddInMemoryCollection(folder.Settings(builder.Configuration));
        var settings = SettingsSource.Read(builder.Configuration);

        builder.AddTelemetry();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services
            .AddSingleton(settings)
            .AddStorage()
            .AddWebhooks()
            .AddGitHub()
            .AddMirror()
            .AddFacts()
            .AddIntake()
            .AddWaves()
            .AddOutbox()
            .AddRunners()
            .AddReconcile()
            .AddStatus();
        builder.Services.TryAddSingleton(TimeProvider.System);

        var app = builder.Build();
        // Opened now, so that a damaged store refuses to start instead of failing the first request.
        app.Services.GetRequiredService<Store>();
        app.MapWebhooks();
        app.Services.GetRequiredService<RunnerEndpoints>().Map(app);
        app.Services.GetRequiredService<StatusEndpoints>().Map(app);
        app.MapGet("/healthz", () => "ok");
        return app;
    }

    /// <summary>Nothing but the settings. They stand beside the program, not in whatever folder it was started from: a stranger's appsettings.json is not ours.</summary>
    public static WebApplicationBuilder Begin(string[] args) => WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    /// <exception cref="StartException">There is no git, or the address to listen on is wrong or taken.</exception>
    public static async Task StartAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<GitProcess>().CheckAsync(CancellationToken.None);
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or AddressInUseException or FormatException)
        {
            throw new StartException($"ASPNETCORE_URLS: {fault.Message}");
        }
    }

    private static IServiceCollection AddStorage(this IServiceCollection services) =>
        services.AddSingleton(s => Store.Open(s.GetRequiredService<AppSettings>().Database, s.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddSingleton<WebhookSignature>().AddSingleton<DeliveryStore>().AddSingleton<WebhookEndpoint>();
}
