using System.Text.Json.Nodes;

namespace Muster.Demo.Staging;

/// <summary>
/// A whole world on this machine: a simulated GitHub with this project in it, the app and a runner, as separate
/// processes that are configured by their environment alone. App and runner can be ended and started again where they were.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    public const string Owner = "muster-demo";
    public const string Name = "muster";
    public const string Branch = "main";
    private const long AuthorApp = 1001;
    private const long ReviewerApp = 1002;

    private readonly StageOptions options;
    private readonly StageFolder folder;
    private readonly Places places;
    private readonly int appPort = Ports.Free();
    private readonly Stack<IAsyncDisposable> started = new();
    private readonly Settings settings;
    private AppKey author = null!;
    private AppKey? reviewer;

    private Stage(StageOptions options, StageFolder folder, Places places) =>
        (this.options, this.folder, this.places, settings) = (options, folder, places, new Settings(options));

    public static string Repository => $"{Owner}/{Name}";

    public string Folder => folder.Root;

    public SimulatedGitHub GitHub { get; private set; } = null!;

    /// <summary>The person who asks for work and merges it.</summary>
    public Person Person { get; private set; } = null!;

    /// <summary>Another person with write access, who works by hand.</summary>
    public Person Colleague { get; private set; } = null!;

    public AppDoor App { get; private set; } = null!;

    public StagedProcess? AppProcess { get; private set; }

    public StagedProcess? RunnerProcess { get; private set; }

    public bool HasReviewerApp => reviewer is not null;

    public string AppLogin => $"{author.Slug}[bot]";

    /// <summary>Whose reviews they are: the reviewer App where there is one.</summary>
    public string ReviewerLogin => $"{(reviewer ?? author).Slug}[bot]";

    /// <summary>Sets everything up; when this returns the app serves, the runner runs and the project is in its repository.</summary>
    public static async Task<Stage> SetAsync(StageOptions options, CancellationToken cancellationToken)
    {
        var stage = await SetWithoutProgramsAsync(options, cancellationToken);
        try
        {
            await stage.StartAppAsync(cancellationToken);
            stage.StartRunner();
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same without app and runner, for those who start them in their own way.</summary>
    public static async Task<Stage> SetWithoutProgramsAsync(StageOptions options, CancellationToken cancellationToken)
    {
        var stage = new Stage(options, StageFolder.Make("muster-demo"), Places.Find());
        try
        {
            await stage.RaiseAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app, on the same port and files each time; when this returns it serves.</summary>
    /// <exception cref="StageException">It ended instead.</exception>
    public async Task<StagedProcess> StartAppAsync(CancellationToken cancellationToken, params (string Key, string Value)[] more)
    {
        var app = Start("app", options.AppCommand ?? [Host.Dotnet, places.Published("app", "Muster.App.dll")], AppEnvironment(), more);
        AppProcess = app;
        await Poll.UntilAsync(
            async stop => app.HasExited ? throw new StageException($"The app ended with {app.ExitCode}.", app.Log) : await App.ServesAsync(stop),
            Poll.Often,
            cancellationToken);
        return app;
    }

    /// <summary>Starts the runner, with the same home each time.</summary>
    public StagedProcess StartRunner(params (string Key, string Value)[] more) =>
        RunnerProcess = Start("runner", options.RunnerCommand ?? [Host.Dotnet, places.Published("runner", "muster.dll"), "run"], RunnerEnvironment(), more);

    /// <summary>Ends the runner first, so that it can still tell the app what it had to leave.</summary>
    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var last))
        {
            await last.DisposeAsync();
        }

        App?.Dispose();
        Person?.Dispose();
        Colleague?.Dispose();
        GitHub?.Dispose();
        if (!options.KeepFolder)
        {
            folder.Remove();
        }
    }

    /// <summary>The logs of everything that was started.</summary>
    public IEnumerable<string> Logs => Directory.EnumerateFiles(folder.Logs).Order(StringComparer.Ordinal);

    /// <summary>What no agent may ever see.</summary>
    public IEnumerable<string> Secrets => [settings.ApiToken, settings.EnrolToken, settings.WebhookSecret, Person.Token, Colleague.Token];

    /// <summary>All that the app is told; <see cref="RunnerEnvironment"/> likewise.</summary>
    public Dictionary<string, string> AppEnvironment() => settings.OfApp(folder, App.Url, GitHub.Url, author, reviewer);

    public Dictionary<string, string> RunnerEnvironment() => settings.OfRunner(folder, App.Url, appPort);

    private async Task RaiseAsync(CancellationToken cancellationToken)
    {
        var simulator = Start(
            "github",
            [Host.Dotnet, places.Published("GitHubSimulator", "GitHubSimulator.dll"), "--urls", "http://127.0.0.1:0", "--data", folder.GitHubFiles],
            Host.CleanEnvironment(folder.Homes),
            []);
        GitHub = new SimulatedGitHub(await UrlOfAsync(simulator, cancellationToken));
        App = new AppDoor($"http://127.0.0.1:{appPort}", settings.ApiToken);
        Person = await GitHub.AddPersonAsync("mara", Repository, cancellationToken);
        Colleague = await GitHub.AddPersonAsync("ines", Repository, cancellationToken);
        author = AppKey.Make(AuthorApp, "muster", folder.AppFiles);
        await GitHub.AddAppAsync(author, $"{App.Url}/webhooks/github", settings.WebhookSecret, null, cancellationToken);
        if (options.TwoApps)
        {
            reviewer = AppKey.Make(ReviewerApp, "muster-reviewer", folder.AppFiles);
            await GitHub.AddAppAsync(reviewer, null, null, ReviewerPermissions(), cancellationToken);
        }

        AppKey[] apps = reviewer is null ? [author] : [author, reviewer];
        await GitHub.AddRepositoryAsync(Owner, Name, Branch, [Person, Colleague], apps, cancellationToken);
        await ProjectHistory.PushAsync(options.Project ?? places.Project, GitHub.CloneUrl, Person.Token, Branch, folder.Root, cancellationToken);
        await File.WriteAllTextAsync(folder.RunnerFile, (options.Players ?? FakePlayers)(folder).ToString(), cancellationToken);
    }

    private RunnerFile FakePlayers(StageFolder stageFolder)
    {
        var agent = stageFolder.Readably(places.Published("FakeAgent", "FakeAgent.dll"), "agent");
        string[] command = [Host.Dotnet, agent];
        return new RunnerFile(command, command, [Path.GetDirectoryName(agent)!, .. Host.DotnetFolders]);
    }

    private StagedProcess Start(string name, IReadOnlyList<string> command, Dictionary<string, string> environment, (string Key, string Value)[] more)
    {
        foreach (var (key, value) in more)
        {
            environment[key] = value;
        }

        var process = StagedProcess.Start(name, Path.Combine(folder.Logs, $"{name}.log"), command, environment);
        started.Push(process);
        return process;
    }

    private static async Task<string> UrlOfAsync(StagedProcess simulator, CancellationToken cancellationToken)
    {
        string? line = null;
        await Poll.UntilAsync(
            _ => Task.FromResult(
                (line = simulator.LastLines(5).FirstOrDefault(l => l.StartsWith("{\"url\"", StringComparison.Ordinal))) is not null
                || (simulator.HasExited ? throw new StageException($"The simulated GitHub ended with {simulator.ExitCode}.", simulator.Log) : false)),
            Poll.Often,
            cancellationToken);
        return JsonNode.Parse(line!)!["url"]!.GetValue<string>();
    }

    private static JsonObject ReviewerPermissions() =>
        new() { ["metadata"] = "read", ["pull_requests"] = "write", ["checks"] = "write", ["contents"] = "read" };
}
