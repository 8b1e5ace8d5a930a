using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using Muster.Runner.Agents;
using Muster.Runner.Configuration;
using Muster.Runner.Processes;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Doctor;

/// <summary>Looks at everything a runner needs, by doing it where that is possible.</summary>
public sealed partial class Checks(RunnerSettings settings, RunnerFile file, Sandboxes sandboxes, HttpClient http)
{
    private static readonly Version OldestGit = new(2, 34);

    private readonly SlotUser _user = SlotUsers.Of(1, settings.SlotUid);

    public async IAsyncEnumerable<Check> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await GitAsync();
        var sandbox = await SandboxAsync(cancellationToken);
        yield return sandbox;
        foreach (var agent in file.Agents)
            yield return sandbox.Passed ? await AgentAsync(agent, cancellationToken) : Exists(agent);
        var app = await AppAsync(cancellationToken);
        yield return app;
        foreach (var check in app.Passed ? await AppsCheck.LookAsync(settings, http, cancellationToken) : [])
            yield return check;
    }

    private static async Task<Check> GitAsync()
    {
        const string remedy = "apt-get install git";
        try
        {
            using var git = RunningProcess.Start(new ProcessSpec("/usr/bin/git", ["--version"]));
            var said = (await git.Completion).Output.ToText().Trim();
            var found = VersionNumber.Match(said) is { Success: true } match ? Version.Parse(match.Value) : new Version(0, 0);
            return found >= OldestGit ? new Check(said) : new Check("git", $"'{said}' is older than {OldestGit}", remedy);
        }
        catch (Win32Exception e)
        {
            return new Check("git", e.Message, remedy);
        }
    }

    private async Task<Check> SandboxAsync(CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"sandbox as uid {_user.Uid}, network shut");
        if (_user.Uid == 0)
            return new Check(name, "a sandbox would be root", "run the runner as a user of its own");
        var proof = await SandboxProof.TryAsync(sandboxes, settings.Home, _user, cancellationToken);
        return new Check(name, proof.Fault, proof.Remedy);
    }

    private static Check Exists(AgentEntry agent) => File.Exists(agent.Command[0])
        ? new Check(Name(agent))
        : new Check(Name(agent), $"{agent.Command[0]} does not exist", "correct `command` in runner.yml, or install it");

    // In the sandbox that it will run in, so that what counts is what counts later.
    private async Task<Check> AgentAsync(AgentEntry agent, CancellationToken cancellationToken)
    {
        if (Exists(agent) is { Passed: false } missing)
            return missing;
        var files = ProgramFiles.Of(agent.Command.Where(word => word.StartsWith('/')), SystemFolders.Discover());
        var spec = new SandboxSpec("/bin/sh", ["-c", """[ -x "$1" ] || exit 1; for f; do [ -r "$f" ] || { echo "$f"; exit 2; }; done""", "check", agent.Command[0], .. files])
        {
            WorkingDirectory = "/tmp",
            Environment = SandboxEnvironment.For("/tmp"),
            Readable = [.. files, .. file.Sandbox.Readable],
        };
        var end = await sandboxes.RunAsync(spec, _user, TimeSpan.FromSeconds(20), cancellationToken);
        return end switch
        {
            { Succeeded: true } => new Check(Name(agent)),
            { ExitCode: 1, Started: true } => new Check(Name(agent), $"uid {_user.Uid} may not run {agent.Command[0]}", $"chmod a+rx {agent.Command[0]}"),
            { Started: true } => new Check(Name(agent), $"uid {_user.Uid} may not read {end.Output.ToText().Trim()}", $"chmod a+r {end.Output.ToText().Trim()}"),
            _ => new Check(Name(agent), end?.Errors.ToText().Trim() ?? "looking took too long", "correct the paths in runner.yml"),
        };
    }

    private async Task<Check> AppAsync(CancellationToken cancellationToken)
    {
        var name = $"app at {settings.AppUrl}";
        try
        {
            using var answer = await http.GetAsync(new Uri(settings.AppUrl.ToString().TrimEnd('/') + "/healthz"), cancellationToken);
            return answer.IsSuccessStatusCode
                ? new Check(name)
                : new Check(name, $"it answers {(int)answer.StatusCode}", $"look at the app's log; curl -i {settings.AppUrl}healthz");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new Check(name, e.Message, "start the app, or correct Muster__AppUrl");
        }
    }

    private static string Name(AgentEntry agent) => $"agent {agent.Id} ({agent.Command[0]})";

    [GeneratedRegex(@"\d+\.\d+(?:\.\d+)?")]
    private static partial Regex VersionNumber { get; }
}
