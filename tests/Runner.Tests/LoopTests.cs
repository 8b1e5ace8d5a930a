using System.Diagnostics;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

/// <summary>How a runner lives: enrolling, waiting, draining, losing a lease, dying and coming back.</summary>
public sealed class LoopTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync() => _runner = await RunnerUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task Once_ends_when_there_is_nothing_to_do_and_says_so()
    {
        _runner.Agent("implement", "true");
        _runner.Start("--once");

        Assert.Equal(0, await _runner.EndAsync());
        Assert.Contains("Nothing to do", _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runner_enrols_once_and_keeps_its_key_to_itself()
    {
        _runner.Agent("implement", "true");
        for (var n = 0; n < 2; n++)
        {
            _runner.Start("--once");
            Assert.Equal(0, await _runner.EndAsync());
        }

        var request = Assert.Single(_runner.App.Enrolments);
        Assert.Equal(("implement/0", true), (Assert.Single(request.Info.Agents).Id, request.Info.Sandbox));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_runner.HomePath, "runner.key")));
    }

    [Fact]
    public async Task A_damaged_key_is_named_with_its_remedy_and_nothing_of_it_is_shown()
    {
        _runner.Agent("implement", "true");
        var key = Path.Combine(_runner.HomePath, "runner.key");
        await File.WriteAllTextAsync(key, "-----BEGIN PRIVATE KEY-----\nsecret-half\n-----END PRIVATE KEY-----\n");

        _runner.Start("--once");

        Assert.Equal(2, await _runner.EndAsync());
        Assert.Contains($"{key} cannot be used", _runner.Log, StringComparison.Ordinal);
        Assert.Contains("enrols anew", _runner.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-half", _runner.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_away_is_waited_for()
    {
        _runner.Agent("implement", "true");
        _runner.Settings["Muster__AppUrl"] = "http://127.0.0.1:1";
        _runner.Start();
        await UntilAsync(() => _runner.Log.Contains("trying again", StringComparison.Ordinal));

        Assert.False(_runner.Process.HasExited);
        Terminate();
        Assert.Equal(0, await _runner.EndAsync());
    }

    [Fact]
    public async Task Draining_lets_a_running_job_end_and_takes_no_other()
    {
        _runner.Agent("implement", "while [ ! -e go ]; do [ -e src/go ] && exit; echo wait; sleep 0.1; done");
        _runner.Agent("implement", "sleep 2; echo three > src/three.txt");
        _runner.App.Give(_runner.Order(o => o with { Agent = "implement/1" }));
        _runner.Start();
        await _runner.App.WaitForStartAsync();

        _runner.App.Give(_runner.Order(o => o with { Job = new Core.JobId(2) }));
        Terminate();

        Assert.Equal(0, await _runner.EndAsync());
        Assert.IsType<JobReport.Implemented>(Assert.Single(_runner.App.Reports));
    }

    [Fact]
    public async Task A_job_that_outlasts_the_grace_is_given_back()
    {
        _runner.Settings["Muster__DrainGrace"] = "00:00:01";
        _runner.Agent("implement", "echo three > src/three.txt; exec sleep 600");
        _runner.App.Give(_runner.Order());
        _runner.Start();
        await _runner.App.WaitForStartAsync();

        Terminate();

        Assert.Equal(0, await _runner.EndAsync());
        Assert.Equal(FailureClass.Drained, Assert.IsType<JobReport.Failed>(Assert.Single(_runner.App.Reports)).Class);
        Assert.Empty(_runner.App.Pushes);
    }

    [Fact]
    public async Task A_lost_lease_ends_the_agent_and_publishes_nothing()
    {
        _runner.App.LeaseSeconds = 2;
        _runner.App.OnRenew = () => null;
        _runner.Agent("implement", "echo three > src/three.txt; exec sleep 600");
        _runner.App.Give(_runner.Order());
        _runner.Start("--once");

        Assert.Equal(0, await _runner.EndAsync());
        Assert.Empty(_runner.App.Reports);
        Assert.Empty(_runner.App.Pushes);
        Assert.Contains("is over", _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_away_until_the_lease_is_over_is_a_lost_lease()
    {
        _runner.App.LeaseSeconds = 3;
        _runner.Agent("implement", "echo three > src/three.txt; exec sleep 600");
        _runner.App.Give(_runner.Order());
        _runner.Start("--once");
        await _runner.App.WaitForStartAsync();
        _runner.App.Unwell = int.MaxValue;

        Assert.Equal(0, await _runner.EndAsync());
        Assert.Empty(_runner.App.Pushes);
        Assert.Contains("could not be reached while the lease lasted", _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_is_unwell_for_a_moment_costs_no_work()
    {
        _runner.App.Unwell = 2;
        _runner.App.OnPush = _ =>
        {
            _runner.App.Unwell = 2;
            return new PushAnswer(true, null, AppDouble.PushToken, null);
        };
        _runner.Agent("implement", "echo three > src/three.txt");

        await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());
    }

    [Fact]
    public async Task A_cancelled_job_ends_and_publishes_nothing()
    {
        _runner.App.LeaseSeconds = 2;
        _runner.App.OnRenew = () => new RenewAnswer(2, Stop: true);
        _runner.Agent("implement", "echo three > src/three.txt; exec sleep 600");
        _runner.App.Give(_runner.Order());
        _runner.Start("--once");

        Assert.Equal(0, await _runner.EndAsync());
        Assert.Empty(_runner.App.Pushes);
        Assert.Contains("a person cancelled", _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_run_side_by_side_in_their_slots()
    {
        _runner.Settings["Muster__Slots"] = "2";
        // Each waits for the other to have started: one after the other would never end.
        _runner.Agent("implement", "echo three > src/three.txt; exec sleep 3");
        _runner.App.Give(_runner.Order());
        _runner.App.Give(_runner.Order(o => o with { Job = new Core.JobId(2), Branch = "muster/13/1" }));
        _runner.Start();
        await _runner.App.WaitForReportAsync();
        await _runner.App.WaitForReportAsync();
        Terminate();
        await _runner.EndAsync();

        var runs = _runner.App.Reports.Select(r => r.Run!).ToList();
        Assert.True(runs[0].Started < runs[1].Ended && runs[1].Started < runs[0].Ended);
    }

    [Theory]
    [InlineData("runner.after-claim")]
    [InlineData("runner.after-agent")]
    [InlineData("runner.after-evidence")]
    [InlineData("runner.before-push")]
    [InlineData("runner.after-push")]
    [InlineData("runner.before-report")]
    public async Task A_runner_that_was_killed_comes_back_clean_and_does_the_job_of_the_next_claim(string point)
    {
        _runner.Agent("implement", "echo three > src/three.txt");
        _runner.Settings["Muster__CrashAt"] = point;
        _runner.App.Give(_runner.Order());
        _runner.Start();
        Assert.Equal(137, await _runner.EndAsync());

        _runner.Settings.Remove("Muster__CrashAt");
        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Epoch = new Core.Epoch(2) }));

        Assert.Equal(_runner.Origin.Branch("muster/12/1"), done.Head.Value);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_runner.HomePath, "work/open/jobs")));
    }

    [Fact]
    public async Task Two_runners_never_share_a_home()
    {
        _runner.Agent("implement", "true");
        _runner.Start();
        await UntilAsync(() => _runner.App.Enrolments.Count > 0);
        var first = _runner.Process;
        _runner.Start("--once");

        Assert.Equal(2, await _runner.EndAsync());
        first.Kill();
        await first.WaitForExitAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    private void Terminate() => Process.Start("kill", ["-TERM", _runner.Process.Id.ToString()]).WaitForExit();
}
