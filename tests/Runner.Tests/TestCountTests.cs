using Muster.Runner.Evidence;

namespace Muster.Runner.Tests;

public sealed class TestCountTests
{
    [Theory]
    [InlineData("dotnet test --filter Lexer", "Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4, Duration: 9 ms - A.dll (net10.0)\nFailed!  - Failed:     1, Passed:     2, Skipped:     0, Total:     3, Duration: 1 s - B.dll", 6, "")]
    [InlineData("dotnet test tests/X -l 'console;verbosity=normal'", "  Passed Ns.LexerTests.Reads_hex [3 ms]\n  Passed Ns.LexerTests.Reads(text: \"a [b]\") [< 1 ms]\n  Failed Ns.LexerTests.Reads_binary [1 ms]\n\nTotal tests: 3\n     Passed: 2\n     Failed: 1\n", 3, "Ns.LexerTests.Reads_hex|Ns.LexerTests.Reads(text: \"a [b]\")")]
    [InlineData("dotnet test --filter Nothing", "No test matches the given testcase filter `Nothing` in /w/A.dll", 0, "")]
    [InlineData("python -m pytest -q", "..F\n=== short test summary info ===\nFAILED t.py::test_b\n1 failed, 2 passed, 3 deselected, 1 warning in 0.12s", 3, "")]
    [InlineData("pytest -v", "tests/t.py::test_a PASSED   [ 50%]\ntests/t.py::C::test_b[1-2] PASSED [100%]\n====== 2 passed in 0.01s ======", 2, "test_a|test_b")]
    [InlineData("pytest -k nothing", "==== 5 deselected in 0.01s ====", 0, "")]
    [InlineData("go test ./...", "ok  \texample.com/a\t0.002s\n?   \texample.com/b\t[no test files]\nok  \texample.com/c\t0.001s [no tests to run]\nFAIL\texample.com/d\t0.1s", 2, "")]
    [InlineData("go test -v ./...", "=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- PASS: TestA/sub (0.00s)\n--- FAIL: TestB (0.00s)\nFAIL", 3, "TestA|TestA/sub")]
    [InlineData("cargo test lexer", "test lexer::reads_hex ... ok\ntest lexer::panics - should panic ... ok\ntest lexer::bad ... FAILED\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.00s\ntest result: ok. 0 passed; 0 failed; 0 ignored", 3, "lexer::reads_hex|lexer::panics")]
    [InlineData("node --test", "✔ reads hex (1.5ms)\n✖ reads binary (0.4ms)\nℹ tests 2\nℹ pass 1\nℹ fail 1\n", 2, "reads hex")]
    [InlineData("node --test --test-reporter=tap", "TAP version 13\nok 1 - reads hex\n  ---\n  duration_ms: 1\n  ...\nnot ok 2 - reads binary\n# pass 1\n# fail 1", 2, "reads hex")]
    [InlineData("npx jest --verbose", "    ✓ reads hex (3 ms)\n    ✕ reads binary\nTests:       1 failed, 1 skipped, 1 passed, 3 total", 2, "reads hex")]
    [InlineData("npx vitest run", " ✓ src/a.test.ts > Lexer > reads hex 2ms\n Test Files  1 passed (1)\n      Tests  3 passed | 1 failed (4)\n", 4, "reads hex")]
    public void A_known_runner_says_how_many_tests_ran_and_which_passed(string command, string output, int run, string passed)
    {
        var count = TestCount.Read(command, output);

        Assert.Equal(run, count!.Run);
        Assert.Equal(passed, string.Join('|', count.Passed));
    }

    [Theory]
    [InlineData("make check")]
    [InlineData("sh tests.sh")]
    [InlineData("test -e file.txt")]
    [InlineData("grep dotnet README.md")]
    public void Of_any_other_command_only_the_exit_code_is_known(string command) => Assert.Null(TestCount.Read(command, "3 passed in 1.0s"));

    [Fact]
    public void Colours_do_not_matter() =>
        Assert.Equal(2, TestCount.Read("pytest", "\u001b[32m\u001b[1m2 passed\u001b[0m\u001b[32m in 0.01s\u001b[0m")!.Run);

    [Theory]
    [InlineData("dotnet test", "Failed: 0, Passed: 99999999999999999999, Skipped: 0")]
    [InlineData("dotnet test", "Failed: 0, Passed: ٣, Skipped: 0")]
    [InlineData("cargo test", "test result: ok. 999999999999 passed; 0 failed;")]
    public void A_number_that_is_none_of_a_test_runner_counts_for_nothing(string command, string output) =>
        Assert.Equal(0, TestCount.Read(command, output)!.Run);

    // With a pattern that tries every split of such a line, this would not end in anybody's lifetime.
    [Theory]
    [InlineData("pytest")]
    [InlineData("vitest")]
    [InlineData("node --test")]
    [InlineData("go test")]
    public void A_line_made_to_waste_time_wastes_none(string command) =>
        Assert.Equal(0, TestCount.Read(command, string.Concat(Enumerable.Repeat("1 passe in 1 :: ✓ ok 1 - (", 20_000)))!.Run);
}
