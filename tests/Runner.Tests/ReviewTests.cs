using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

public sealed class ReviewTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;
    private CommitSha _head;

    public async Task InitializeAsync()
    {
        _runner = await RunnerUnderTest.MakeAsync();
        _head = _runner.Origin.Commit("muster/12/1", _runner.Origin.Main, ("README.md", "widgets\n"), ("src/one.txt", "one\n"), ("src/two.txt", "TWO\n"), (".gitattributes", "* -diff\n"));
    }

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task A_reviewer_reads_the_diff_and_the_head_and_answers()
    {
        _runner.Agent("review", """
            grep -q '^+TWO$' && grep -q TWO src/two.txt || exit 1
            cat > "$MUSTER_OUTPUT" <<'X'
            {"verdict":"request-changes","summary":"No.","findings":[{"severity":"blocking","file":"src/two.txt","line":1,"title":"Shouts","body":"It was two.","confidence":0.9}]}
            X
            """);

        var answer = await _runner.OnceAsync<JobReport.Reviewed>(_runner.ReviewOrder(_head));

        Assert.Equal((_head, false, "No."), (answer.Head, answer.Approves, answer.Summary));
        Assert.Equal(new Finding(Severity.Blocking, "src/two.txt", 1, "Shouts", "It was two.", 0.9), Assert.Single(answer.Findings));
        Assert.Empty(_runner.App.Pushes);
    }

    [Fact]
    public async Task No_answer_is_never_a_pass()
    {
        _runner.Agent("review", "cat > /dev/null; sleep 3.2; echo LGTM");

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.ReviewOrder(_head));

        Assert.Equal(FailureClass.NoAnswer, failed.Class);
    }

    [Fact]
    public async Task An_answer_outside_the_schema_is_no_answer()
    {
        _runner.Agent("review", """cat > /dev/null; sleep 3.2; echo '{"verdict":"approve"}' > "$MUSTER_OUTPUT" """);

        var failed = await _runner.OnceAsync<JobReport.Failed>(_runner.ReviewOrder(_head));

        Assert.Equal(FailureClass.NoAnswer, failed.Class);
        Assert.Contains("schema", failed.What, StringComparison.Ordinal);
    }
}
