using Muster.GitHubSimulator.Api;
using Muster.GitHubSimulator.Control;
using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.Limiting;
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

    private SimulatorHost(WebApplication app, Simulation simulation, WebhookSender sender)
    {
        this.app = app;
        this.sender = sender;
        webhooks = simulation.Webhooks;
        (Url, Faults, Limits) = (simulation.World.Url, simulation.Faults, simulation.Limits);
    }

    /// <summary>Where it serves: API, git, pages and <c>/_sim</c>, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>What is to go wrong; over HTTP under <c>/_sim/faults</c>.</summary>
    public FaultPlan Faults { get; }

    /// <summary>GitHub's limits and how they were kept; over HTTP under <c>/_sim/limits</c>.</summary>
    public LimitBook Limits { get; }

    /// <summary>What happens to webhooks from now on; over HTTP under <c>/_sim/deliveries/rules</c>.</summary>
    public void Rule(WebhookRules rules) => webhooks.Rule(rules);

    /// <summary>Lets held webhooks go; returns how many there were.</summary>
    public int Release(ReleaseOrder order, int seed = 0) => webhooks.Release(order, seed);

    /// <summary>Starts it; when this returns it serves.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataDirectory);
        var world = new World(options);
        var sender = new WebhookSender(world.Time);
        var webhooks = new WebhookQueue(sender, world.Time);
        var faults = new FaultPlan(world.Time, () => world.LastId);
        var limits = new LimitBook(world.Time, options.Limits ?? new RateSettings());
        var simulation = new Simulation(world, new Journal(), webhooks, new Announcer(world, webhooks), faults, limits);

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
        return new SimulatorHost(app, simulation, sender);
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
        app.Use((http, next) => RepositoryById.InvokeAsync(simulation.World, http, next));
        // After the journal, before any act: what GitHub refuses for being too much, then what goes wrong by plan.
        var (limits, faults) = (new LimitGate(simulation), new FaultGate(simulation));
        app.Use((http, next) => limits.InvokeAsync(http, next));
        app.Use((http, next) => faults.InvokeAsync(http, next));
        app.UseRouting();
        ApiTable.Map(new ApiRoutes(app, simulation));
        new GitEndpoints(simulation).Map(app);
        new ControlEndpoints(simulation).Map(app);
        new AppPages(simulation).Map(app);
        new PageEndpoints(simulation.World).Map(app);
        app.MapFallback("{**path}", http => new Reply(404, ApiRefusal.NotFound().ToJson()).WriteAsync(http.Response));
    }
}
