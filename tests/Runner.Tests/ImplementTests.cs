using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

/// <summary>What becomes of an implementer's work: the real executable, real git over HTTP, a real sandbox.</summary>
public sealed class ImplementTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync() => _runner = await RunnerUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task Work_that_passes_is_pushed_as_one_commit_and_reported()
    {
        _runner.Agent("implement", """
            cat > brief.txt
            echo three > src/three.txt
            echo '{"status":"done","summary":"Added three."}' > "$MUSTER_OUTPUT"
            """);

        var done = await _runner.OnceAsync<JobReport.Implemented>(
            _runner.Order(o => o with { Contract = new Contract { Acceptance = ["test -e src/three.txt"] } }));

        Assert.Equal(_runner.Origin.Branch("muster/12/1"), done.Head.Value);
        Assert.Equal("---\nDo it.", _runner.Origin.Git("show", $"{done.Head}:brief.txt"));
        Assert.Equal(_runner.Origin.Main.Value, _runner.Origin.Git("rev-parse", $"{done.Head}^"));
        Assert.Equal("Muster <muster@users.noreply.github.com> 1700000000", _runner.Origin.Git("log", "-1", "--format=%an <%ae> %at", done.Head.Value));
        Assert.Equal([1, 0], done.Evidence.Acceptance.Select(a => a.ExitCode!.Value));
        Assert.Equal("Added three.", done.Said!.Summary);
        Assert.Equal(AgentOutcome.Finished, done.Run!.Outcome);
        Assert.Empty(_runner.App.BadSignatures);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_runner.HomePath, "work/open/jobs")));
    }

    [Fact]
    public async Task An_agent_gets_its_contract_and_nothing_of_the_runner()
    {
        _runner.Settings["GITHUB_TOKEN"] = "ghp_secret";
        _runner.Agent("implement", """
            env | sort > env.txt
            ls -A "$HOME" > home.txt
            pwd > pwd.txt
            """);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        var environment = _runner.Origin.Git("show", $"{done.Head}:env.txt").Split('\n').ToDictionary(l => l.Split('=')[0], l => l.Split('=')[1]);
        Assert.Equal(
            ["HOME", "LANG", "MUSTER_ATTEMPT", "MUSTER_ISSUE", "MUSTER_JOB", "MUSTER_OUTPUT", "MUSTER_ROLE", "MUSTER_ROUND", "PATH", "PWD", "TMPDIR"],
            environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("implement", "12", "1", "0"), (environment["MUSTER_ROLE"], environment["MUSTER_ISSUE"], environment["MUSTER_ATTEMPT"], environment["MUSTER_ROUND"]));
        Assert.Equal(environment["PWD"], _runner.Origin.Git("show", $"{done.Head}:pwd.txt"));
        Assert.Empty(_runner.Origin.Git("show", $"{done.Head}:home.txt"));
        Assert.DoesNotContain("ghp_secret", environment.Values);
    }

    [Fact]
    public async Task The_tokens_go_to_git_alone_each_for_its_own_act()
    {
        _runner.Agent("implement", "echo three > src/three.txt");

        await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        var seen = _runner.App.Git.Seen.Select(h => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(h["Basic ".Length..]))).Distinct();
        Assert.Equal([$"x-access-token:{AppDouble.FetchToken}", $"x-access-token:{AppDouble.PushToken}"], seen);
        Assert.DoesNotContain(AppDouble.PushToken, _runner.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_tree_makes_the_same_commit()
    {
        _runner.Agent("implement", """
            date +%N > /dev/null; echo three > src/three.txt
            [ "$MUSTER_JOB" = 2 ] && git add . && git commit -qm "My own message at $(date)"
            true
            """);

        var first = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());
        var second = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Job = new Core.JobId(2) }));

        Assert.Equal(first.Head, second.Head);
    }

    [Fact]
    public async Task A_lie_is_refused_by_the_gates()
    {
        _runner.Agent("implement", """echo '{"status":"done","summary":"All is done and tested."}' > "$MUSTER_OUTPUT" """);

        var refused = await _runner.OnceAsync<JobReport.GatesRefused>(_runner.Order());

        Assert.Contains(refused.Gates.Findings, f => f.Rule == "no-change");
        Assert.Null(_runner.Origin.Branch("muster/12/1"));
    }

    [Fact]
    public async Task Acceptance_that_fails_on_head_is_refused()
    {
        _runner.Agent("implement", "echo three > src/three.txt");

        var refused = await _runner.OnceAsync<JobReport.GatesRefused>(
            _runner.Order(o => o with { Contract = new Contract { Acceptance = ["echo broken >&2; test -e src/four.txt"] } }));

        Assert.Contains(refused.Gates.Findings, f => f.Rule == "acceptance");
        Assert.Equal("broken", refused.Evidence.Acceptance[^1].Tail);
        Assert.Empty(_runner.App.Pushes);
    }

    [Fact]
    public async Task An_exit_code_is_no_evidence_against_work()
    {
        _runner.Agent("implement", "echo three > src/three.txt; exit 7");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal(7, done.Run!.ExitCode);
    }

    [Fact]
    public async Task Work_in_a_fix_round_starts_from_the_head_and_is_measured_against_the_base()
    {
        var head = _runner.Origin.Commit("muster/12/1", _runner.Origin.Main, ("README.md", "widgets\n"), ("src/one.txt", "one\n"), ("src/two.txt", "two\n"), ("src/three.txt", "bug\n"));
        _runner.App.OnPush = _ => new PushAnswer(true, null, AppDouble.PushToken, head);
        _runner.Agent("implement", "echo fixed > src/three.txt");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Start = head, Round = 1 }));

        Assert.Equal(head.Value, _runner.Origin.Git("rev-parse", $"{done.Head}^"));
        Assert.Equal("src/three.txt", _runner.Origin.Git("diff", "--name-only", _runner.Origin.Main.Value, done.Head.Value));
    }
}
