using System.Diagnostics;
using System.Text;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Wire;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Tests;

/// <summary>The built executable as a process of its own, with a home, an app and a repository to work on.</summary>
public sealed class RunnerUnderTest : IAsyncDisposable
{
    private readonly List<string> _implement = [];
    private readonly List<string> _review = [];
    private readonly StringBuilder _log = new();
    private Process? _process;

    private RunnerUnderTest(string folder, AppDouble app, OriginRepository origin)
    {
        (Folder, App, Origin) = (folder, app, origin);
        Directory.CreateDirectory(HomePath);
        Settings = new()
        {
            ["PATH"] = "/usr/bin:/bin",
            ["Muster__AppUrl"] = app.Url,
            ["Muster__Home"] = HomePath,
            ["Muster__EnrolToken"] = AppDouble.EnrolToken,
            ["Muster__SlotUid"] = (22000 + (Environment.TickCount % 5000)).ToString(),
        };
    }

    public string Folder { get; }

    public AppDouble App { get; }

    public OriginRepository Origin { get; }

    public string HomePath => Path.Combine(Folder, "home");

    public Dictionary<string, string> Settings { get; }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public Process Process => _process!;

    public static async Task<RunnerUnderTest> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("muster-run-test-").FullName;
        var repositories = Path.Combine(folder, "repositories");
        var origin = new OriginRepository(repositories);
        return new RunnerUnderTest(folder, await AppDouble.StartAsync(repositories), origin);
    }

    /// <summary>Writes a shell script that plays the role.</summary>
    public void Agent(string role, string script)
    {
        var path = Path.Combine(Folder, $"{role}-agent-{_implement.Count + _review.Count}.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        (role == "implement" ? _implement : _review).Add(path);
    }

    public JobOrder Order(Func<JobOrder, JobOrder>? change = null)
    {
        var order = new JobOrder
        {
            Job = new JobId(1),
            Epoch = new Epoch(1),
            Kind = JobKind.Implement,
            Repository = new RepoName("acme", "widgets"),
            Public = true,
            CloneUrl = $"{App.Url}/git/acme/widgets.git",
            Issue = new IssueNumber(12),
            Attempt = 1,
            Round = 0,
            Agent = "implement/0",
            Base = Origin.Main,
            Start = Origin.Main,
            Branch = "muster/12/1",
            Brief = "---\nDo it.\n",
            Contract = new Contract(),
            Gates = GateRules.Default,
            Limits = new JobLimits(60, 60, 1024 * 1024),
            Commit = new CommitRecipe("Do it\n\nMuster-Job: 1.1\n", 1_700_000_000),
        };
        return change is null ? order : change(order);
    }

    public JobOrder ReviewOrder(CommitSha head) =>
        Order(o => o with { Kind = JobKind.Review, Agent = "review/0", Start = head, Commit = null, Brief = $"Review.\n{JobOrder.DiffMark}\nEnd.\n" });

    public void WriteYaml() => File.WriteAllText(Path.Combine(HomePath, "runner.yml"), Yaml());

    public void Start(params string[] options)
    {
        WriteYaml();
        var start = new ProcessStartInfo("/usr/bin/env", ["dotnet", typeof(RunnerBuilder).Assembly.Location, "run", .. options])
        {
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
    }

    /// <summary>Runs one job to its end and gives the report.</summary>
    public async Task<JobReport> OnceAsync(JobOrder order)
    {
        App.Give(order);
        Start("--once");
        var code = await EndAsync();
        Assert.True(code == 0 && App.Reports.Count > 0, $"exit {code}\n{Log}");
        return App.Reports[^1];
    }

    /// <summary>Runs one job that must end in this kind of report.</summary>
    public async Task<T> OnceAsync<T>(JobOrder order)
        where T : JobReport
    {
        var report = await OnceAsync(order);
        Assert.True(report is T, $"{report}\n{Log}");
        return (T)report;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await App.DisposeAsync();
        FolderRemoval.Remove(Folder);
    }

    private string Yaml() => "agents:\n" + Role("implement", _implement) + Role("review", _review);

    private static string Role(string role, List<string> agents) =>
        agents.Count == 0 ? "" : $"  {role}: [{string.Join(", ", agents.Select(a => $"{{harness: command, command: [\"{a}\"]}}"))}]\n";
}
