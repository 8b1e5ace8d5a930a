using Muster.GitHubSimulator.Api;
using Muster.GitHubSimulator.Control;
using Muster.GitHubSimulator.Pages;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;
using Muster.GitHubSimulator.Webhooks;

namespace Muster.GitHubSimulator;

/// <summary>A GitHub of one's own: REST, git over HTTP and webhooks on real bare repositories, in this process.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebhookQueue webhooks;
    private readonly WebhookSender sender;

    private SimulatorHost(WebApplication app, WebhookQueue webhooks, WebhookSender sender, string url)
    {
        this.app = app;
        this.webhooks = webhooks;
        this.sender = sender;
        Url = url;
    }

    /// <summary>Where it serves: API, git, pages and <c>/_sim</c>, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>Starts it; when this returns it serves.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataDirectory);
        var world = new World(options);
        var sender = new WebhookSender(world.Time);
        var webhooks = new WebhookQueue(sender);
        var simulation = new Simulation(world, new Journal(), webhooks, new Announcer(world, webhooks));

        // Empty: nothing of this machine's environment or settings files may reach a simulated GitHub.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        Pipeline(app, simulation);
        await app.StartAsync(cancellationToken);
        world.Url = app.Urls.First().TrimEnd('/');
        return new SimulatorHost(app, webhooks, sender, world.Url);
    }

    /// <summary>Returns when the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await webhooks.DisposeAsync();
        sender.Dispose();
    }

    private static void Pipeline(WebApplication app, Simulation simulation)
    {
        var journaling = new Journaling(simulation.World, simulation.Journal);
        app.Use((http, next) => journaling.InvokeAsync(http, next));
        // Faults by plan (refused, delayed, cut before or after the act) belong here: after the journal, before any act.
        app.Use((http, next) => RepositoryById.InvokeAsync(simulation.World, http, next));
        app.UseRouting();
        ApiTable.Map(new ApiRoutes(app, simulation));
        new GitEndpoints(simulation).Map(app);
        new ControlEndpoints(simulation).Map(app);
        new PageEndpoints(simulation.World).Map(app);
        app.MapFallback("{**path}", http => new Reply(404, ApiRefusal.NotFound().ToJson()).WriteAsync(http.Response));
    }
}
