using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Cli;
using Muster.Runner.Configuration;
using Muster.Runner.Evidence;
using Muster.Runner.Loop;
using Muster.Runner.Sandbox;
using Muster.Runner.Work;
using Muster.Runner.Workspaces;

namespace Muster.Runner;

/// <summary>The runner's table of contents: every part it is made of.</summary>
public static class RunnerBuilder
{
    // Beyond the grace: what it takes to end the agents and to say so.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    /// <param name="sandboxes">Needed before the rest: it proves what <paramref name="info"/> says.</param>
    public static IHost Build(
        RunnerSettings settings, RunnerFile file, RunnerInfo info, RunOptions options, Sandboxes sandboxes, RunnerIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddRunnerLog(settings.Home);
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainGrace + Farewell);
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.AddSingleton<IHostLifetime, ConsoleLifetime>();
        services.AddSingleton(settings).AddSingleton(settings.Home).AddSingleton(file).AddSingleton(info).AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new CrashPoint(settings.CrashAt));

        services.AddSingleton(sandboxes).AddSingleton<Supervision>();
        services.AddSingleton(provider => new HostGit(provider.GetRequiredService<RunnerHome>()));
        services.AddSingleton<MirrorStore>().AddSingleton<Checkouts>().AddSingleton<Brief>();
        services.AddSingleton<AgentRunner>().AddSingleton<Preparation>();
        services.AddSingleton<Takeover>().AddSingleton<BundleIntake>().AddSingleton<Recommit>().AddSingleton<ChangeFromGit>();
        services.AddSingleton<WorkIntake>().AddSingleton<AcceptanceCheck>().AddSingleton<Publisher>();
        services.AddSingleton<ImplementWork>().AddSingleton<JobRunner>();

        services.AddSingleton(identity).AddSingleton<HttpClient>(_ => new HttpClient { Timeout = Timeout.InfiniteTimeSpan });
        services.AddSingleton<AppClient>().AddSingleton<SlotWork>().AddSingleton<Doorbell>();
        services.AddHostedService<JobLoop>();
        return builder.Build();
    }

    /// <summary>What the runner tells the app about itself.</summary>
    /// <param name="sandbox">Whether it was proven that this host can sandbox.</param>
    public static RunnerInfo Describe(RunnerSettings settings, RunnerFile file, bool sandbox)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(file);
        return new RunnerInfo(
            ProgramVersion.Text,
            System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            settings.Slots,
            sandbox,
            file.Offered());
    }
}
