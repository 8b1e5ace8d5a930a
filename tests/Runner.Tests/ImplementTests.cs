using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

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

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Contract = new Contract { Acceptance = ["test -e src/three.txt"] } }));

        Assert.Equal(_runner.Origin.Branch("muster/12/1"), done.Head.Value);
        Assert.Equal("---\nDo it.", _runner.Origin.Git("show", $"{done.Head}:brief.txt"));
        Assert.Equal(_runner.Origin.Main.Value, _runner.Origin.Git("rev-parse", $"{done.Head}^"));
        Assert.Equal("Muster <muster@users.noreply.github.com> 1700000000", _runner.Origin.Git("log", "-1", "--format=%an <%ae> %at", done.Head.Value));
        Assert.Equal([1, 0], done.Evidence.Acceptance.Select(a => a.ExitCode!.Value));
        Assert.Equal("Added three.", done.Said!.Summary);
        Assert.Equal(AgentOutcome.Finished, done.Run!.Outcome);
        Assert.Empty(_runner.App.BadSignatures);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_runner.HomePath, "jobs")));
    }
}
