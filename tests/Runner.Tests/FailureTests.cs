using Muster.Core.Wire;
using Muster.Runner.Processes;

namespace Muster.Runner.Tests;

/// <summary>Every way an agent fails has a class and says why.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync() => _runner = await RunnerUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task An_instant_exit_without_work_is_a_launch_failure_and_says_so()
    {
        _runner.Agent("implement", "echo 'unknown option --yolo' >&2; exit 2");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order());

        Assert.Equal((FailureClass.Launch, AgentOutcome.LaunchFailed), (failed.Class, failed.Run!.Outcome));
        Assert.Contains("never got going", failed.What, StringComparison.Ordinal);
        Assert.Contains("unknown option --yolo", failed.LastLines);
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_a_launch_failure()
    {
        _runner.Agent("implement", "true");
        File.Delete(Directory.EnumerateFiles(_runner.Folder, "*.sh").Single());

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order());

        Assert.Equal(FailureClass.Launch, failed.Class);
        Assert.Contains(failed.LastLines, l => l.Contains("No such file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prompt_to_log_in_is_told_from_a_crash()
    {
        _runner.Agent("implement", "echo 'Not logged in. Please run /login'; exit 1");

        Assert.Equal(FailureClass.Login, (await _runner.OnceAsync<JobReport.Failed>(_runner.Order())).Class);
    }

    [Fact]
    public async Task Silence_is_a_stall()
    {
        _runner.Agent("implement", "echo hello; exec sleep 600");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order(o => o with { Limits = new JobLimits(60, 1, 1024) }));

        Assert.Equal((FailureClass.Stall, AgentOutcome.Stalled), (failed.Class, failed.Run!.Outcome));
    }

    [Fact]
    public async Task A_workspace_that_changes_is_a_sign_of_life()
    {
        _runner.Agent("implement", "for n in 1 2 3 4 5 6 7 8; do echo $n > progress.txt; sleep 0.3; done");

        await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Limits = new JobLimits(60, 1, 1024) }));
    }

    [Fact]
    public async Task The_wall_limit_ends_an_agent_that_talks_on()
    {
        _runner.Agent("implement", "while :; do echo busy; sleep 0.1; done");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order(o => o with { Limits = new JobLimits(1, 60, 1024) }));

        Assert.Equal((FailureClass.Timeout, AgentOutcome.TimedOut), (failed.Class, failed.Run!.Outcome));
    }

    [Fact]
    public async Task A_flood_is_counted_and_does_not_matter()
    {
        _runner.Agent("implement", "head -c 200000000 /dev/zero | tr '\\0' x; echo three > src/three.txt");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Limits = new JobLimits(60, 60, 10_000) }));

        Assert.Equal(200_000_000, done.Run!.OutputBytes);
    }

    [Fact]
    public async Task An_agent_that_gives_up_says_why()
    {
        _runner.Agent("implement", """echo '{"status":"needs-context","summary":"Which parser?"}' > "$MUSTER_OUTPUT"; echo half > half.txt""");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order());

        Assert.Equal(FailureClass.GaveUp, failed.Class);
        Assert.Contains("Which parser?", failed.What, StringComparison.Ordinal);
        Assert.Null(_runner.Origin.Branch("muster/12/1"));
    }

    [Fact]
    public async Task A_daemon_that_an_agent_leaves_does_not_survive_it()
    {
        var mark = "8" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999);
        _runner.Agent("implement", $"(setsid sh -c 'trap \"\" TERM; setsid sleep {mark} & sleep {mark}' >/dev/null 2>&1 &)\necho three > src/three.txt");

        await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Empty(ProcessTable.WithArgument(mark));
    }

    [Fact]
    public async Task A_remote_that_does_not_answer_is_the_hosts_fault_and_costs_no_attempt()
    {
        _runner.Agent("implement", "true");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order(o => o with { CloneUrl = "http://127.0.0.1:9/acme/none.git" }));

        Assert.Equal(FailureClass.Host, failed.Class);
        Assert.Contains("cannot be fetched", failed.What, StringComparison.Ordinal);
        Assert.Null(failed.Run);
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_no_fault_of_the_agent()
    {
        _runner.Agent("implement", "true");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.Order(o => o with { Base = new Core.CommitSha(new string('a', 40)) }));

        Assert.Equal(FailureClass.Base, failed.Class);
        Assert.Null(failed.Run);
    }
}
