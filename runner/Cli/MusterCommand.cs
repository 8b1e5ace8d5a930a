using System.CommandLine;
using Muster.Runner.Loop;

namespace Muster.Runner.Cli;

/// <summary>The operator's command line.</summary>
public static class MusterCommand
{
    public static RootCommand Build()
    {
        var root = new RootCommand("The worker of Muster, and its operator's command line. Settings come from the environment: Muster__AppUrl, Muster__Home, …");
        root.Subcommands.Add(Run());
        root.Subcommands.Add(Doctor());
        root.Subcommands.Add(Version());
        return root;
    }

    private static Command Run()
    {
        var once = new Option<bool>("--once") { Description = "Work off one job and end; end at once if there is none." };
        var run = new Command("run", "Take jobs from the app and run their agents until told to stop; SIGTERM drains.") { once };
        run.SetAction((parsed, cancellationToken) => RunVerb.RunAsync(new RunOptions(parsed.GetValue(once)), Console.Error, cancellationToken));
        return run;
    }

    private static Command Doctor()
    {
        var doctor = new Command("doctor", "Check git, sandbox, agents, the app and its GitHub Apps, and say what mends each that fails.");
        doctor.SetAction((_, cancellationToken) => DoctorVerb.RunAsync(Console.Out, Console.Error, cancellationToken));
        return doctor;
    }

    private static Command Version()
    {
        var version = new Command("version", "Print the version.");
        version.SetAction(_ => Console.Out.WriteLine(ProgramVersion.Text));
        return version;
    }
}
