using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

/// <summary>What an agent leaves behind never runs on the host, and never fools it.</summary>
public sealed class HostileWorkTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync() => _runner = await RunnerUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task Nothing_planted_in_the_repository_fires()
    {
        // Every vector writes to a folder that only code running as the runner could reach.
        var trap = Path.Combine(_runner.HomePath, "fired");
        Directory.CreateDirectory(trap);
        _runner.Agent("implement", $$"""
            fire() { printf '#!/bin/sh\ntouch {{trap}}/%s\nexit 0\n' "$1" > "$2"; chmod +x "$2"; }
            repository=$(git rev-parse --git-common-dir)
            mkdir -p "$repository/hooks" tools
            for hook in pre-commit post-commit pre-push post-checkout reference-transaction post-index-change fsmonitor-watchman; do fire "hook-$hook" "$repository/hooks/$hook"; done
            for tool in fsmonitor sshcommand credential diff clean gpg pager editor; do fire "$tool" "tools/$tool"; done
            t=$PWD/tools
            git config core.hooksPath "$repository/hooks"
            git config core.fsmonitor "$t/fsmonitor"
            git config core.sshCommand "$t/sshcommand"
            git config credential.helper "$t/credential"
            git config diff.external "$t/diff"
            git config filter.x.clean "$t/clean"
            git config filter.x.smudge "$t/clean"
            git config gpg.program "$t/gpg"
            git config commit.gpgSign true
            git config core.pager "$t/pager"
            git config core.editor "$t/editor"
            git config url."file:///tmp/elsewhere".insteadOf http
            git config remote.origin.pushurl /tmp/elsewhere
            echo '* filter=x diff=x' > .gitattributes
            echo three > src/three.txt
            """);

        await _runner.OnceAsync(_runner.Order(o => o with { Contract = new Contract { Acceptance = ["cat src/three.txt"] } }));

        Assert.Empty(Directory.EnumerateFiles(trap));
    }

    [Fact]
    public async Task A_destroyed_repository_does_not_lose_the_work()
    {
        _runner.Agent("implement", """
            rm -rf "$(git rev-parse --git-common-dir)"/* .git
            echo three > src/three.txt
            rm src/two.txt
            """);

        var report = await _runner.OnceAsync(_runner.Order());

        var gates = report is JobReport.GatesRefused refused ? refused.Gates : Assert.IsType<JobReport.Implemented>(report).Gates;
        Assert.DoesNotContain(gates.Findings, f => f.Rule == "no-change");
    }

    [Fact]
    public async Task A_file_added_by_force_counts_although_it_is_ignored()
    {
        _runner.Agent("implement", """
            echo build > .gitignore
            mkdir build; echo kept > build/kept.txt; echo left > build/left.txt
            git add -f build/kept.txt
            """);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal(".gitignore\nbuild/kept.txt", _runner.Origin.Git("diff", "--name-only", _runner.Origin.Main.Value, done.Head.Value));
    }

    [Fact]
    public async Task A_secret_that_was_committed_and_removed_again_is_never_pushed()
    {
        _runner.Agent("implement", """
            echo 'hunter2-hunter2' > secret.txt; git add .; git commit -qm 'oops hunter2-hunter2'
            git rm -q secret.txt; git commit -qm 'remove it'
            echo three > src/three.txt
            """);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal("1", _runner.Origin.Git("rev-list", "--count", $"{_runner.Origin.Main}..{done.Head}"));
        Assert.Empty(_runner.Origin.Git("log", "--all", "-S", "hunter2", "--format=%H"));
    }

    [Fact]
    public async Task An_end_report_that_is_a_link_is_not_followed()
    {
        _runner.Agent("implement", """
            echo three > src/three.txt
            printf '{"status":"done","summary":"linked"}' > /tmp/elsewhere.json
            ln -s /etc/passwd "$MUSTER_OUTPUT"
            """);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Null(done.Said);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_the_end_report_holds_nobody_up()
    {
        _runner.Agent("implement", """echo three > src/three.txt; mkfifo "$MUSTER_OUTPUT" pipe""");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Null(done.Said);
    }

    [Fact]
    public async Task Files_that_their_owner_closed_are_taken_over_all_the_same()
    {
        _runner.Agent("implement", "mkdir deep; echo three > deep/three.txt; chmod 000 deep/three.txt deep");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal("three", _runner.Origin.Git("show", $"{done.Head}:deep/three.txt"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_runner.HomePath, "work/open/jobs")));
    }

    [Fact]
    public async Task Names_and_depths_that_dotnet_cannot_say_are_removed_all_the_same()
    {
        _runner.Agent("implement", """
            echo three > src/three.txt
            echo x > "$HOME/$(printf 'caf\351')"
            p=$(printf 'dddddddd/%.0s' $(seq 300))
            mkdir -p "$HOME/a/$p" "$HOME/b/$p"
            mv "$HOME/b" "$HOME/a/$p"
            """);

        await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_runner.HomePath, "work/open/jobs")));
    }

    [Fact]
    public async Task Acceptance_sees_what_was_committed_and_not_what_the_agent_left_lying()
    {
        _runner.Agent("implement", """echo build > .gitignore; mkdir build; echo ok > build/proof; echo y > "$HOME/y"; echo x > /tmp/x""");

        var refused = await _runner.OnceAsync<JobReport.GatesRefused>(
            _runner.Order(o => o with { Contract = new Contract { Acceptance = ["test -e build/proof"] } }));

        Assert.Equal(1, refused.Evidence.Acceptance[^1].ExitCode);
    }
}
