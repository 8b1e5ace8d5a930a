using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Muster.App.Tests.Simulator;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>A runner that says what the test wants: the real runner API, signed with a real key, and real pushes, but no agent.</summary>
internal sealed class FakeRunner : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly GitRun git = GitRun.InTemporaryFolder();
    private readonly Bot bot;

    private FakeRunner(Bot bot, RunnerInfo info) => (this.bot, Info) = (bot, info);

    public RunnerInfo Info { get; set; }

    public string Id { get; private set; } = "";

    /// <param name="reviewer">Who reviews; null leaves the runner without a reviewer.</param>
    public static async Task<FakeRunner> EnrolAsync(Bot bot, int slots = 3, string author = "alpha", string? reviewer = "beta")
    {
        List<AgentInfo> agents = [new("implement/0", JobKind.Implement, "command", author, author, null)];
        if (reviewer is not null)
            agents.Add(new AgentInfo("review/0", JobKind.Review, "command", reviewer, reviewer, null));
        var runner = new FakeRunner(bot, new RunnerInfo("1", "arm64", slots, Sandbox: true, agents));
        var request = new EnrolRequest(Bot.EnrolToken, "fake", Convert.ToBase64String(runner.key.ExportSubjectPublicKeyInfo()), runner.Info);
        var (status, answer) = await runner.SendAsync(RunnerApi.Enrol, request);
        Assert.Equal(200, status);
        runner.Id = WireJson.Read<EnrolAnswer>(answer).Runner;
        await runner.git.OkAsync("init", "-q");
        await runner.ShowAsync();
        return runner;
    }

    /// <summary>Asks for work and hangs up: a runner counts from its first question on.</summary>
    private async Task ShowAsync()
    {
        using var hangUp = new CancellationTokenSource();
        var poll = SendAsync(RunnerApi.Poll, new PollRequest(Info, 0, []), stop: hangUp.Token);
        await bot.UntilAsync(async () => await bot.CountAsync("runners", $"id = '{Id}' AND last_seen IS NOT NULL") == 1, "the runner is seen");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    /// <summary>The next bell; null where the app held the poll to its end and had nothing.</summary>
    public async Task<Bell?> PollAsync()
    {
        var poll = SendAsync(RunnerApi.Poll, new PollRequest(Info, 1, []));
        await bot.SettleAsync();
        // A bell that hangs there already rings without the clock.
        await Task.WhenAny(poll, Task.Delay(TimeSpan.FromMilliseconds(40)));
        await bot.UntilAsync(
            () =>
            {
                if (!poll.IsCompleted)
                    bot.Time.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(poll.IsCompleted);
            },
            "the poll is answered");
        var (status, answer) = await poll;
        return status == 204 ? null : WireJson.Read<Bell>(answer);
    }

    /// <summary>Waits for a job and claims it.</summary>
    public async Task<JobOrder> NextAsync(JobKind? kind = null)
    {
        var bell = await PollAsync();
        Assert.True(bell is not null, "The app has no job for the runner.");
        var (status, answer) = await ClaimAsync(bell);
        Assert.True(status == 200, answer);
        var order = WireJson.Read<ClaimAnswer>(answer).Order;
        Assert.True(kind is null || order.Kind == kind, $"The job is not to {kind} but to {order.Kind}.");
        Assert.Equal(200, (await SendAsync(RunnerApi.Started(order.Job), new StartedRequest(order.Epoch, order.Agent, "fake", 0.1))).Status);
        return order;
    }

    public Task<(int Status, string Body)> ClaimAsync(Bell bell) => SendAsync(RunnerApi.Claim(bell.Job), new ClaimRequest(bell));

    public async Task<int> ReportAsync(JobOrder order, JobReport report)
    {
        var (status, _) = await SendAsync(RunnerApi.Report(order.Job), new ReportRequest(order.Epoch, report));
        await bot.SettleAsync();
        return status;
    }

    public Task<int> FailAsync(JobOrder order, FailureClass failure = FailureClass.Crash, string what = "It fell over.") =>
        ReportAsync(order, new JobReport.Failed(failure, what, []));

    /// <summary>Makes one commit on the order's start; nothing is pushed.</summary>
    public async Task<CommitSha> WorkAsync(JobOrder order, params (string Path, string Text)[] files)
    {
        var (_, token) = await SendAsync(RunnerApi.FetchToken(order.Job), new EpochRequest(order.Epoch));
        await git.OkAsync("fetch", "-q", Authorized(order, WireJson.Read<TokenAnswer>(token).Token!), "+refs/heads/*:refs/remotes/o/*");
        await git.OkAsync("checkout", "-q", "-f", "--detach", order.Start.Value);
        foreach (var (path, text) in files is [] ? [($"src/made-{order.Issue.Value}-{order.Round}.txt", $"made by {order.Job}\n")] : files)
            await git.WriteAsync(path, text);
        await git.OkAsync("add", "--all");
        await git.OkAsync("commit", "-q", "--allow-empty", "-m", order.Commit!.Message);
        return new CommitSha((await git.OkAsync("rev-parse", "HEAD")).Trim());
    }

    /// <summary>Asks for the token and pushes with it, as the real runner does.</summary>
    public async Task PushAsync(JobOrder order, CommitSha head)
    {
        var (status, text) = await SendAsync(RunnerApi.Push(order.Job), new PushRequest(order.Epoch, head, Evidence.None, new GateVerdict([]), null, null));
        Assert.True(status == 200, text);
        var answer = WireJson.Read<PushAnswer>(text);
        Assert.True(answer.Allowed, answer.Why);
        var branch = $"refs/heads/{order.Branch}";
        await git.OkAsync("push", "-q", $"--force-with-lease={branch}:{answer.Expected?.Value}", Authorized(order, answer.Token!), $"{head.Value}:{branch}");
    }

    /// <summary>Does an implement job to its end: a commit, a push, a report.</summary>
    public async Task<CommitSha> ImplementAsync(JobOrder order, params (string Path, string Text)[] files)
    {
        var head = await WorkAsync(order, files);
        await PushAsync(order, head);
        Assert.Equal(200, await ReportAsync(order, Done(head)));
        return head;
    }

    public static JobReport Done(CommitSha head, Evidence? evidence = null) =>
        new JobReport.Implemented(head, evidence ?? Evidence.None, new GateVerdict([]), null);

    public Task<int> ReviewAsync(JobOrder order, bool approves, params Finding[] findings) =>
        ReportAsync(order, new JobReport.Reviewed(order.Start, approves, "I read it.", findings));

    /// <summary>Implements and approves the next issue: it ends as ready.</summary>
    public async Task<JobOrder> FinishAsync(params (string Path, string Text)[] files)
    {
        var order = await NextAsync(JobKind.Implement);
        await ImplementAsync(order, files);
        Assert.Equal(200, await ReviewAsync(await NextAsync(JobKind.Review), approves: true));
        return order;
    }

    /// <param name="off">How far the runner's clock is from the app's.</param>
    /// <param name="signer">Another key than the runner's own.</param>
    public async Task<(int Status, string Body)> SendAsync<T>(string path, T message, TimeSpan off = default, ECDsa? signer = null, string? runner = null, CancellationToken stop = default)
    {
        var body = Encoding.UTF8.GetBytes(WireJson.Write(message));
        var at = (bot.Time.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = RunnerApi.SignedText("POST", path, at, Convert.ToHexStringLower(SHA256.HashData(body)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.Add(RunnerApi.RunnerHeader, runner ?? Id);
        request.Headers.Add(RunnerApi.TimeHeader, at);
        request.Headers.Add(RunnerApi.SignatureHeader, Convert.ToBase64String((signer ?? key).SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256)));
        using var answer = await bot.App.SendAsync(request, stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
    }

    public void Dispose()
    {
        key.Dispose();
        git.Dispose();
    }

    private static string Authorized(JobOrder order, string token) =>
        order.CloneUrl.Replace("http://", $"http://x-access-token:{token}@", StringComparison.Ordinal);
}
