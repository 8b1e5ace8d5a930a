using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Muster.App.GitHub;
using Muster.App.GitHub.Budget;
using Muster.App.Outbox;
using Muster.App.Pumps;
using Muster.App.Reconcile;
using Muster.App.Storage;
using Muster.App.Tests.Simulator;
using Muster.App.Waves;
using Muster.Contracts;
using Muster.Core;
using Muster.Core.Waves;
using Muster.GitHubSimulator;
using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.Limiting;

namespace Muster.App.Tests.Stories;

/// <summary>How one bot is set up, where it is not as usual.</summary>
internal sealed record BotSetup
{
    /// <summary>Whether there is a second App, whose reviews count.</summary>
    public bool Reviewer { get; init; } = true;

    /// <summary>Whether it is installed in the repository.</summary>
    public bool ReviewerInstalled { get; init; } = true;

    public string Branch { get; init; } = "main";

    public bool Private { get; init; } = true;

    /// <summary>People beside the usual ones, with their roles; a name with [bot] is a machine's.</summary>
    public IReadOnlyDictionary<string, string> Collaborators { get; init; } = new Dictionary<string, string>();

    /// <summary>Files beside the usual ones.</summary>
    public IReadOnlyList<(string Path, string Text)> Files { get; init; } = [];

    public IReadOnlyList<(string Key, string Value)> Settings { get; init; } = [];

    /// <summary>What an installation may ask for.</summary>
    public BudgetLimits Budget { get; init; } = AppUnderTest.FreeBudget;

    /// <summary>Whether GitHub refuses who goes beyond its limits; those who let an hour's work happen in a moment switch it off.</summary>
    public bool Limited { get; init; } = true;
}

/// <summary>
/// The whole app with its pumps in front of a simulated GitHub that sends it real webhooks; people act on GitHub, and
/// time stands still until a test moves it.
/// </summary>
internal sealed class Bot : IAsyncDisposable
{
    public const string Repo = "acme/shop";
    public const string EnrolToken = "a token that lets runners enrol";
    private const long Author = 1001;
    private const long Judge = 1002;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder;
    private readonly Dictionary<string, string> people = [];
    private readonly SimulatorHost simulator;
    private readonly BotSetup setup;
    private WebApplication app = null!;

    private Bot(ManualTime time, SimulatorHost simulator, TemporaryFolder folder, BotSetup setup)
    {
        (Time, this.simulator, this.folder, this.setup) = (time, simulator, folder, setup);
        Hub = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(simulator.Url) };
    }

    public ManualTime Time { get; }

    /// <summary>Speaks to GitHub.</summary>
    public HttpClient Hub { get; }

    /// <summary>Speaks to the app.</summary>
    public HttpClient App { get; private set; } = null!;

    public RepoId RepoId { get; private set; }

    /// <summary>Breaks the app's line to GitHub.</summary>
    public Fault Fault { get; } = new();

    /// <summary>What GitHub counted.</summary>
    public LimitBook Limits => simulator.Limits;

    /// <summary>Whether a request of the app waits until GitHub's limits allow it.</summary>
    public bool IsWaiting => app.Services.GetRequiredService<Governor>().Waiting > 0;

    /// <summary>When an act that is due may go; null where none is due.</summary>
    public async Task<DateTimeOffset?> HeldUntilAsync() => (await app.Services.GetRequiredService<OutboxOrder>().LookAsync(default)).Later;

    /// <summary>What goes wrong on GitHub's side.</summary>
    public FaultPlan Faults => simulator.Faults;

    /// <summary>What was said on the app's line to GitHub; at the end none of it may be wrong.</summary>
    public Contract Contract { get; } = new();

    public Store Store => app.Services.GetRequiredService<Store>();

    public string CloneUrl => $"{simulator.Url}/{Repo}.git";

    public static async Task<Bot> StartAsync(BotSetup? setup = null)
    {
        setup ??= new BotSetup();
        var (folder, time) = (new TemporaryFolder(), new ManualTime());
        var limits = new RateSettings { Enforced = setup.Limited };
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(folder["github"], Time: time, Limits: limits));
        var bot = new Bot(time, simulator, folder, setup);
        await bot.PlayAsync();
        return bot;
    }

    /// <summary>Stops the app as an operator would. GitHub goes on, and its webhooks find nobody.</summary>
    public async Task StopAppAsync()
    {
        App.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Starts the app again on the store that it left.</summary>
    public async Task StartAppAsync()
    {
        await HostAsync();
        using var moved = await Hub.PutAsJsonAsync($"/_sim/apps/{Author}", new { webhookUrl = WebhookUrl });
        moved.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until GitHub has told all and the app has done all that it can do at this moment.</summary>
    public async Task SettleAsync()
    {
        var quiet = 0;
        await UntilAsync(async () => (quiet = await IsQuietAsync() ? quiet + 1 : 0) == 2, "everything is done");
    }

    /// <summary>Waits for something, and lets the pumps look in the meantime.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? longest = null)
    {
        using var patience = new CancellationTokenSource(longest ?? Patience);
        while (!await condition())
        {
            Contract.Verify();
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"After {(longest ?? Patience).TotalSeconds} s it is still not so that {what}: {await WhyAsync()}");
            app.Services.GetRequiredService<Pulse>().Beat();
            await Task.Delay(TimeSpan.FromMilliseconds(4), CancellationToken.None);
        }
    }

    /// <summary>Waits until every webhook that GitHub has to bring was tried.</summary>
    public async Task ArrivedAsync()
    {
        while (!await IsIdleAsync())
            await Task.Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None);
    }

    /// <summary>Lets time pass until the app has compared all it believes with GitHub once more.</summary>
    public async Task SweepAsync(TimeSpan period)
    {
        var reconciler = app.Services.GetRequiredService<Reconciler>();
        var before = reconciler.Sweeps;
        Time.Advance(period);
        // What is asked for again is waited for before anything is compared.
        for (; reconciler.Sweeps == before; Time.Advance(TimeSpan.FromSeconds(1)))
            await SettleAsync();
        await SettleAsync();
    }

    /// <summary>Lets the gathering pass, so that what was asked for is planned.</summary>
    public async Task GatherAsync()
    {
        await SettleAsync();
        Time.Advance(TimeSpan.FromSeconds(10));
        await SettleAsync();
    }

    /// <summary>Lets the rest of the wave pass, so that it is closed.</summary>
    public async Task RestAsync()
    {
        await SettleAsync();
        await UntilAsync(async () => await Store.ReadAsync(db => Rows.LatestWave(db, RepoId), default) is not { RestSince: null, State: WaveState.Running }, "the wave rests");
        Time.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(async () => await WaveAsync() is { State: WaveState.Closed }, "the wave is closed");
        await SettleAsync();
    }

    public async Task<Wave> WaveAsync() => (await Store.ReadAsync(db => Rows.LatestWave(db, RepoId), default))!;

    /// <summary>The newest item of an issue.</summary>
    public async Task<Item> ItemAsync(int issue) =>
        await Store.ReadAsync(db => Rows.LatestItem(db, RepoId, new IssueNumber(issue)), default) ?? throw new InvalidOperationException($"#{issue} has no item");

    public Task<long> CountAsync(string table, string where = "1 = 1") =>
        Store.ReadAsync(db => db.ExecuteScalar<long>($"SELECT count(*) FROM {table} WHERE {where}"), default);

    /// <summary>Every table of the store but the deliveries and what they say of the repository, counted in one line.</summary>
    public async Task<string> StateAsync()
    {
        var counts = new List<string>();
        foreach (var table in new[] { "waves", "items", "jobs", "bells", "outbox", "events", "holds", "plans" })
            counts.Add($"{table} {await CountAsync(table)}");
        return string.Join(", ", counts);
    }

    public async Task<JsonNode> AsAsync(string login, HttpMethod method, string path, object? body = null)
    {
        var answer = await TryAsync(login, method, path, body);
        return answer.Status < 300 ? answer.Json ?? new JsonObject() : throw new InvalidOperationException($"{method} {path}: {answer.Raw}");
    }

    public async Task<Answer> TryAsync(string login, HttpMethod method, string path, object? body = null) =>
        await Answer.AskAsync(Hub, method, $"/repos/{Repo}{path}", await TokenAsync(login), body);

    public async Task<string> TokenAsync(string login, string type = "User") => people.TryGetValue(login, out var token)
        ? token
        : people[login] = (await Answer.AskAsync(Hub, HttpMethod.Post, "/_sim/users", null, new { login, type })).Text("token");

    /// <summary>Every request that GitHub got, in order.</summary>
    public async Task<IReadOnlyList<JsonNode>> JournalAsync() =>
        [.. (await Hub.GetFromJsonAsync<JsonArray>("/_sim/journal"))!.Select(entry => entry!)];

    /// <summary>Everything that the app's Apps changed on GitHub.</summary>
    public async Task<IReadOnlyList<string>> WritesAsync() =>
    [
        .. from entry in await JournalAsync()
           where entry["actor"]!["kind"]!.GetValue<string>() == "installation" && entry["method"]!.GetValue<string>() is not "GET"
           let path = entry["path"]!.GetValue<string>()
           where path != "/graphql" || entry["body"]!.ToJsonString().Contains("mutation", StringComparison.Ordinal)
           where !path.Contains("/info/", StringComparison.Ordinal) && !path.EndsWith("git-upload-pack", StringComparison.Ordinal) && path != "/installation/token"
           select $"{entry["method"]} {path} {entry["status"]}",
    ];

    public async Task<JsonArray> DeliveriesAsync() => (await Hub.GetFromJsonAsync<JsonArray>("/_sim/deliveries"))!;

    public async ValueTask DisposeAsync()
    {
        var announced = await DeliveriesAsync();
        await StopAppAsync();
        Hub.Dispose();
        await simulator.DisposeAsync();
        folder.Dispose();
        Contract.Verify();
        // What the simulated GitHub told has to be what GitHub tells.
        Assert.Empty(announced.SelectMany(d => Webhook.Faults(d!["event"]!.GetValue<string>(), JsonElement.Parse(d["body"]!.ToJsonString()))).Distinct());
    }

    private string WebhookUrl => $"{app.Urls.Single()}/webhooks/github";

    private async Task HostAsync()
    {
        app = Build(folder["author.pem"], folder["reviewer.pem"]);
        await AppBuilder.StartAsync(app);
        App = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    private async Task PlayAsync()
    {
        var (author, judge) = (AppUnderTest.WriteKey(folder["author.pem"]), AppUnderTest.WriteKey(folder["reviewer.pem"]));
        await HostAsync();
        await StageAsync("/apps", new
        {
            appId = Author,
            slug = "muster",
            privateKeyPem = await File.ReadAllTextAsync(author),
            webhookUrl = WebhookUrl,
            webhookSecret = AppUnderTest.WebhookSecret,
        });
        await StageAsync("/apps", new { appId = Judge, slug = "muster-review", privateKeyPem = await File.ReadAllTextAsync(judge) });
        foreach (var machine in setup.Collaborators.Keys.Where(login => login.EndsWith("[bot]", StringComparison.Ordinal)).Append("robo[bot]"))
            await TokenAsync(machine, "Bot");
        var collaborators = new Dictionary<string, string>(setup.Collaborators) { ["ann"] = "admin", ["wes"] = "write", ["tess"] = "triage", ["rea"] = "read", ["robo[bot]"] = "write" };
        var made = await StageAsync("/repos", new
        {
            owner = "acme",
            name = "shop",
            @private = setup.Private,
            defaultBranch = setup.Branch,
            collaborators,
            installations = setup is { Reviewer: true, ReviewerInstalled: true } ? new[] { Author, Judge } : [Author],
        });
        RepoId = new RepoId(made["id"].GetValue<long>());
        await this.CommitAsync(setup.Branch, [("README.md", "# Shop\n"), ("src/a/one.txt", "one\n"), ("src/b/two.txt", "two\n"), .. setup.Files]);
        await SettleAsync();
    }

    private WebApplication Build(string author, string judge) => AppBuilder.Build([], builder =>
    {
        builder.Configuration.AddInMemoryCollection(AppUnderTest.SettingsOf(folder));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Muster:GitHub:ApiUrl"] = simulator.Url,
            ["Muster:GitHub:ServerUrl"] = simulator.Url,
            ["Muster:GitHub:PrivateKeyPath"] = author,
            ["Muster:EnrolToken"] = EnrolToken,
        });
        if (setup.Reviewer)
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Muster:Reviewer:AppId"] = $"{Judge}", ["Muster:Reviewer:PrivateKeyPath"] = judge });
        builder.Configuration.AddInMemoryCollection(setup.Settings.ToDictionary(s => $"Muster:{s.Key}", s => (string?)s.Value));
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Fatal";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.TryAddSingleton<TimeProvider>(Time);
        builder.Services.TryAddSingleton(setup.Budget);
        builder.Services.AddHttpClient(GitHubHttp.ClientName).AddHttpMessageHandler(() => new Fault.Handler(Fault));
        builder.Services.HoldTo(Contract);
    });

    private Task<Answer> StageAsync(string path, object body) => Answer.AskAsync(Hub, HttpMethod.Post, "/_sim" + path, null, body);

    /// <summary>Whether GitHub has told all and the app has done all that it can do at this moment; what waits for the clock cannot be done.</summary>
    public async Task<bool> IsQuietAsync() =>
        await IsIdleAsync() && !await ActsAsync() && (IsWaiting || !await IsBehindAsync()) && await IsIdleAsync();

    private async Task<bool> IsBehindAsync() => await Store.ReadAsync(
        db => db.ExecuteScalar<long>(
            """
            SELECT (SELECT count(*) FROM deliveries WHERE state = 'new')
                 + (SELECT count(*) FROM waves WHERE replan = 1 AND state <> 'gathering')
            """) > 0
            || app.Services.GetRequiredService<Reconciler>().Compared < db.ExecuteScalar<long>("SELECT count(*) FROM repositories WHERE suspended = 0")
            || Rows.OpenWaves(db).Any(w => w.State == WaveState.Gathering && (w.Hurried || Time.GetUtcNow() - w.LastTrigger >= TimeSpan.FromSeconds(10))),
        default);

    /// <summary>Whether an act is under way, or one could be done at this moment.</summary>
    private async Task<bool> ActsAsync() => app.Services.GetRequiredService<OutboxPump>().IsActing
        ? app.Services.GetRequiredService<Governor>().WaitingErrands == 0
        : await app.Services.GetRequiredService<OutboxOrder>().LookAsync(default) is { Row: not null };

    private async Task<bool> IsIdleAsync() => (await Hub.GetFromJsonAsync<JsonNode>("/_sim/idle"))!["idle"]!.GetValue<bool>();

    private async Task<string> WhyAsync() => string.Join("; ", await Store.ReadAsync(db =>
        db.Query<string>("SELECT 'delivery ' || event || ' ' || coalesce(note, '') FROM deliveries WHERE state = 'new'")
            .Concat(db.Query<string>("SELECT 'effect ' || kind || ' ' || next_at || ' ' || attempts FROM outbox WHERE state = 'pending'"))
            .Concat(db.Query<string>("SELECT 'wave ' || data FROM waves"))
            .Concat(db.Query<string>("SELECT 'item ' || state || ' ' || data FROM items")).ToList(), default));
}
