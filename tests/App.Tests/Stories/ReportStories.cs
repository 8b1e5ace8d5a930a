using System.Security.Cryptography;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>What runners say: only the claim that stands speaks, and nothing that can be checked is believed.</summary>
public sealed class ReportStories : IAsyncLifetime
{
    private Bot bot = null!;
    private FakeRunner runner = null!;

    public async Task InitializeAsync()
    {
        bot = await Bot.StartAsync();
        runner = await FakeRunner.EnrolAsync(bot);
    }

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task A_claim_that_was_lost_says_nothing_any_more()
    {
        var (issue, old) = await WorkingAsync();
        var head = await runner.WorkAsync(old);
        bot.Time.Advance(TimeSpan.FromMinutes(5));
        var next = await runner.NextAsync(JobKind.Implement);
        Assert.Equal((old.Job, old.Epoch.Value + 1), (next.Job, next.Epoch.Value));
        var state = await bot.StateAsync();

        Assert.Equal(409, await runner.ReportAsync(old, FakeRunner.Done(head)));
        Assert.Equal(409, (await runner.SendAsync(RunnerApi.Push(old.Job), new PushRequest(old.Epoch, head, Evidence.None, new GateVerdict([]), null, null))).Status);
        Assert.Equal(409, (await runner.SendAsync(RunnerApi.Renew(old.Job), new EpochRequest(old.Epoch))).Status);
        Assert.Equal(409, (await runner.SendAsync(RunnerApi.FetchToken(old.Job), new EpochRequest(old.Epoch))).Status);
        Assert.Equal(state, await bot.StateAsync());
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task A_call_that_no_enrolled_runner_signed_just_now_is_refused()
    {
        var (_, order) = await WorkingAsync();
        var state = await bot.StateAsync();
        var report = new ReportRequest(order.Epoch, new JobReport.Failed(FailureClass.Crash, "no", []));
        var path = RunnerApi.Report(order.Job);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(401, (await runner.SendAsync(path, report, runner: "r0000000000000000")).Status);
        Assert.Equal(401, (await runner.SendAsync(path, report, signer: stranger)).Status);
        Assert.Equal(401, (await runner.SendAsync(path, report, off: TimeSpan.FromMinutes(-6))).Status);
        Assert.Equal(401, (await runner.SendAsync(path, report, off: TimeSpan.FromMinutes(6))).Status);
        Assert.Equal(state, await bot.StateAsync());
    }

    [Fact]
    public async Task Another_runner_cannot_speak_for_a_claim()
    {
        var (issue, order) = await WorkingAsync();
        using var other = await FakeRunner.EnrolAsync(bot);

        Assert.Equal(409, await other.FailAsync(order));
        Assert.Equal(409, (await other.SendAsync(RunnerApi.FetchToken(order.Job), new EpochRequest(order.Epoch))).Status);
        Assert.Equal(1, (await bot.ItemAsync(issue)).Attempt);
    }

    [Fact]
    public async Task A_bell_that_the_app_did_not_ring_opens_nothing()
    {
        await bot.StartAsync(await bot.IssueAsync());
        var bell = (await runner.PollAsync())!;

        Assert.Equal(409, (await runner.ClaimAsync(bell with { Mac = Convert.ToBase64String(new byte[32]) })).Status);
        Assert.Equal(200, (await runner.ClaimAsync(bell)).Status);
        Assert.Equal(409, (await runner.ClaimAsync(bell)).Status);
    }

    [Fact]
    public async Task Who_says_that_it_pushed_and_did_not_is_not_believed()
    {
        var (issue, order) = await WorkingAsync();
        var head = await runner.WorkAsync(order);
        Assert.Equal(200, await runner.ReportAsync(order, FakeRunner.Done(head)));

        await IsParkedAsync(issue, $"The runner says that it pushed {head.Abbreviated}, but the branch muster/1/1 does not stand there.");
    }

    [Fact]
    public async Task What_the_runner_s_gates_passed_and_the_app_s_refuse_is_not_opened()
    {
        var issue = await bot.ContractAsync("scope: [src/a/**]");
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(), ("src/b/two.txt", "outside\n"));

        await IsParkedAsync(issue, "The runner passed a change that the app's own gates refuse");
        Assert.Contains("`src/b/two.txt`", (await bot.HeardAsync(issue))[0].Replace("'", "`", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_s_commit_on_the_branch_parks_the_item()
    {
        var (issue, order) = await WorkingAsync();
        Assert.Equal(200, await runner.ReportAsync(order, new JobReport.PushRejected(order.Start, "The branch stands elsewhere.")));

        await IsParkedAsync(issue, "The branch stands elsewhere.");
    }

    [Theory]
    [InlineData(FailureClass.Launch, "muster doctor")]
    [InlineData(FailureClass.Login, "Log the agent in")]
    [InlineData(FailureClass.GaveUp, "Answer what the agent asks")]
    [InlineData(FailureClass.Base, "Mend the base branch")]
    public async Task What_trying_again_cannot_mend_is_parked_at_once_with_what_to_do(FailureClass failure, string remedy)
    {
        var (issue, order) = await WorkingAsync();
        Assert.Equal(200, await runner.FailAsync(order, failure, "It says @ann no."));

        await IsParkedAsync(issue, "It says @ann no.");
        var said = Assert.Single(await bot.HeardAsync(issue));
        Assert.Contains(remedy, said, StringComparison.Ordinal);
        Assert.Contains("`@ann`", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureClass.Crash)]
    [InlineData(FailureClass.Stall)]
    [InlineData(FailureClass.Timeout)]
    [InlineData(FailureClass.NoAnswer)]
    public async Task What_may_go_better_is_tried_three_times(FailureClass failure)
    {
        var (issue, order) = await WorkingAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal((attempt, 0), (order.Attempt, order.Round));
            await runner.FailAsync(order, failure);
            order = attempt < 3 ? await runner.NextAsync() : order;
        }

        await IsParkedAsync(issue, "No attempt brought a change (3 made). The last one: It fell over.");
    }

    [Theory]
    [InlineData(FailureClass.RateLimit)]
    [InlineData(FailureClass.Host)]
    [InlineData(FailureClass.Drained)]
    public async Task What_is_not_the_work_s_fault_costs_no_attempt_but_ends_some_time(FailureClass failure)
    {
        var (issue, order) = await WorkingAsync();
        for (var free = 0; free <= 5; free++)
        {
            Assert.Equal(1, order.Attempt);
            await runner.FailAsync(order, failure);
            if (failure != FailureClass.Drained)
                bot.Time.Advance(TimeSpan.FromSeconds(30));
            order = free < 5 ? await runner.NextAsync() : order;
        }

        await IsParkedAsync(issue, "It fell over.");
        Assert.Equal(1, (await bot.ItemAsync(issue)).Attempts);
    }

    [Fact]
    public async Task What_the_gates_refuse_three_times_is_parked_and_each_brief_says_what_was_wrong()
    {
        var (issue, order) = await WorkingAsync();
        var verdict = new GateVerdict([new GateFinding("destruction", GateAction.Block, "src/a/one.txt", 1, "`Take` is a stub.", "Write it.")]);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt > 1, order.Brief.Contains("`Take` is a stub. Write it.", StringComparison.Ordinal));
            Assert.Equal(200, await runner.ReportAsync(order, new JobReport.GatesRefused(Evidence.None, verdict)));
            order = attempt < 3 ? await runner.NextAsync() : order;
        }

        await IsParkedAsync(issue, "No attempt passed the gates (3 made). The last one: `Take` is a stub.");
    }

    [Fact]
    public async Task A_report_that_does_not_fit_the_job_is_a_crash_of_the_runner()
    {
        var (issue, order) = await WorkingAsync();
        Assert.Equal(200, await runner.ReportAsync(order, new JobReport.Reviewed(order.Start, true, "", [])));

        Assert.Equal((ItemState.Implementing, 2), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).Attempt));
    }

    [Fact]
    public async Task A_verdict_on_another_commit_than_the_one_that_was_to_be_read_is_none()
    {
        var (issue, order) = await WorkingAsync();
        await runner.ImplementAsync(order);
        var review = await runner.NextAsync(JobKind.Review);
        Assert.Equal(200, await runner.ReportAsync(review, new JobReport.Reviewed(order.Base, true, "", [])));

        Assert.Equal(ItemState.Judging, (await bot.ItemAsync(issue)).State);
        Assert.Equal(2, (await runner.NextAsync(JobKind.Review)).Attempt);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_refused_by_the_app_too()
    {
        var (issue, order) = await WorkingAsync();
        await runner.ImplementAsync(order, ("src/a/one.txt", "one\n"));

        await IsParkedAsync(issue, "The runner passed a change that the app's own gates refuse");
    }

    private async Task<(int Issue, JobOrder Order)> WorkingAsync()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        return (issue, await runner.NextAsync(JobKind.Implement));
    }

    private async Task IsParkedAsync(int issue, string outcome)
    {
        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Parked, item.State);
        Assert.Contains(outcome, item.Outcome, StringComparison.Ordinal);
        Assert.NotNull(item.Attention);
        Assert.Equal(["agent:needs-human"], await bot.LabelsAsync(issue));
        Assert.StartsWith("**Parked.**", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        Assert.Empty(await bot.ListAsync("/pulls?state=all"));
    }
}
