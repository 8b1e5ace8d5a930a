using System.Text;
using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Processes;

namespace Muster.Runner.Tests;

public sealed class ClassifierTests
{
    private static readonly JobLimits Limits = new(600, 120, 1024);

    [Theory]
    [InlineData(0.5, 0, "", AgentOutcome.LaunchFailed, FailureClass.Launch)]
    [InlineData(0.5, 2, "error: unknown flag", AgentOutcome.LaunchFailed, FailureClass.Launch)]
    [InlineData(0.5, 1, "Error: not logged in", AgentOutcome.NeedsLogin, FailureClass.Login)]
    [InlineData(30, 1, "Please run /login", AgentOutcome.NeedsLogin, FailureClass.Login)]
    [InlineData(30, 1, "Invalid API key", AgentOutcome.NeedsLogin, FailureClass.Login)]
    [InlineData(30, 1, "429 Too Many Requests", AgentOutcome.RateLimited, FailureClass.RateLimit)]
    [InlineData(30, 1, "panic", AgentOutcome.Crashed, FailureClass.Crash)]
    [InlineData(30, 139, "", AgentOutcome.Crashed, FailureClass.Crash)]
    public void Without_work_the_failure_is_named(double seconds, int exit, string said, AgentOutcome outcome, FailureClass failure)
    {
        var judged = Classifier.Judge(new RunFacts(End(seconds, exit, said), Worked: false, HasReport: false, Said: null), Limits);

        Assert.Equal((outcome, (FailureClass?)failure), (judged.Outcome, judged.Failure));
        Assert.NotEmpty(judged.What);
    }

    [Theory]
    [InlineData(0.1, 0, "")]
    [InlineData(0.1, 1, "not logged in")]
    [InlineData(30, 137, "429")]
    public void Work_is_judged_whatever_the_exit_code_and_the_words(double seconds, int exit, string said)
    {
        var judged = Classifier.Judge(new RunFacts(End(seconds, exit, said), Worked: true, HasReport: false, Said: null), Limits);

        Assert.Equal((AgentOutcome.Finished, (FailureClass?)null), (judged.Outcome, judged.Failure));
    }

    [Theory]
    [InlineData(StopReason.WallLimit, FailureClass.Timeout)]
    [InlineData(StopReason.SilenceLimit, FailureClass.Stall)]
    public void Our_own_stop_comes_before_everything_else(StopReason reason, FailureClass failure)
    {
        var end = End(30, 137, "please log in") with { Stopped = reason };

        Assert.Equal(failure, Classifier.Judge(new RunFacts(end, Worked: true, HasReport: true, Said: "blocked"), Limits).Failure);
    }

    [Theory]
    [InlineData("needs-context", FailureClass.GaveUp)]
    [InlineData("blocked", FailureClass.GaveUp)]
    [InlineData("done", null)]
    [InlineData("done-with-concerns", null)]
    public void An_author_may_give_up_but_not_talk_itself_into_success(string status, FailureClass? failure)
    {
        Assert.Equal(failure, Classifier.Judge(new RunFacts(End(30, 0, ""), Worked: false, HasReport: true, Said: status), Limits).Failure);
    }

    private static AgentEnd End(double seconds, int exit, string said)
    {
        var errors = new BoundedOutput(1000);
        errors.Write(Encoding.UTF8.GetBytes(said));
        var began = DateTimeOffset.UnixEpoch;
        return new AgentEnd(true, StopReason.None, exit, began, began.AddSeconds(seconds), new BoundedOutput(10), errors);
    }
}
