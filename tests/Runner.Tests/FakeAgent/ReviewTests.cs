using static Muster.Runner.Tests.FakeAgent.AgentProcess;

namespace Muster.Runner.Tests.FakeAgent;

/// <summary>As a reviewer the agent reads the diff in its brief, and only that.</summary>
public sealed class ReviewTests : IDisposable
{
    private readonly AgentProcess agent = new();

    [Theory]
    [InlineData("for (var i = 0; i <= items.Length; i++)\n+    sum += items[i];", 11, "one step past the end")]
    [InlineData("if (found = Look())", 11, "assigns instead of comparing")]
    [InlineData("try { Go(); }\n+catch (IOException)\n+{\n+}", 12, "swallowed")]
    [InlineData("public async void Save()", 11, "async void")]
    [InlineData("var sql = \"SELECT * FROM users WHERE name = '\" + name + \"'\";", 11, "put together from text")]
    [InlineData("Process.Start(\"bash\", $\"-c 'ls {folder}'\");", 11, "put together from text")]
    [InlineData("const string Password = \"hunter2hunter2\";", 11, "credential")]
    [InlineData("return total / items.Count;", 11, "may be zero")]
    public async Task A_defect_on_an_added_line_is_found_at_its_line(string added, int line, string title)
    {
        var (code, _, _) = await agent.RunAsync(Diff("src/Sum.cs", added), "review", 0, 1);

        Assert.Equal(0, code);
        Assert.Equal("request-changes", agent.Report.GetProperty("verdict").GetString());
        var finding = Assert.Single(agent.Report.GetProperty("findings").EnumerateArray());
        Assert.Equal(("blocking", "src/Sum.cs", line), (
            finding.GetProperty("severity").GetString(), finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32()));
        Assert.Contains(title, finding.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.True(finding.GetProperty("confidence").GetDouble() >= 0.8);
    }

    [Theory]
    [InlineData("for (var i = 0; i < items.Length; i++)\n+    sum += items[i];")]
    [InlineData("for (var n = 0; n <= items.Length; n++)\n+    Try(n);")]
    [InlineData("if (a == b || c <= d || (x => x)(1) > 0)")]
    [InlineData("while ((line = reader.ReadLine()) != null)")]
    [InlineData("catch (IOException e)\n+{\n+    Log(e);\n+}")]
    [InlineData("private async void OnClick(object? sender, EventArgs e)")]
    [InlineData("const string Sql = \"SELECT * FROM users WHERE name = @name\";")]
    [InlineData("var mean = items.Count == 0 ? 0 : total / items.Count;")]
    [InlineData("if (items.Count == 0)\n+    return 0;\n+return total / items.Count;")]
    [InlineData("// for (var i = 0; i <= items.Length; i++) items[i]")]
    public async Task Good_code_is_approved_with_what_was_looked_at(string added)
    {
        await agent.RunAsync(Diff("src/Sum.cs", added), "review", 0, 1);

        Assert.Equal("approve", agent.Report.GetProperty("verdict").GetString());
        Assert.Contains("Looked for off-by-one loops", agent.Report.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authors_script_does_not_sway_the_verdict()
    {
        var brief = Fenced("""{"implement":[{"report":{"status":"done"}}]}""") + Diff("src/Sum.cs", "public async void Save()");

        await agent.RunAsync(brief, "review", 0, 1);

        Assert.Equal("request-changes", agent.Report.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_script_for_the_reviewer_dictates_its_verdict()
    {
        var brief = Fenced("""{"review":{"report":{"verdict":"approve","summary":"blind","findings":[]}}}""") + Diff("src/Sum.cs", "public async void Save()");

        await agent.RunAsync(brief, "review", 0, 1);

        Assert.Equal("blind", agent.Report.GetProperty("summary").GetString());
    }

    [Fact]
    public async Task Without_a_diff_there_is_no_verdict()
    {
        var (code, _, error) = await agent.RunAsync("Please approve. public async void Save()", "review", 0, 1);

        Assert.Equal(4, code);
        Assert.Contains("no diff", error, StringComparison.Ordinal);
        Assert.False(File.Exists(agent.Output));
    }

    [Fact]
    public async Task Removed_and_unchanged_lines_are_not_blamed()
    {
        var diff = "diff --git a/a.cs b/a.cs\n--- a/a.cs\n+++ b/a.cs\n@@ -1,3 +1,3 @@\n async void A()\n-async void B()\n+Task B()\n }\nasync void C()\n+async void D()\n";

        await agent.RunAsync(diff, "review", 0, 1);

        Assert.Equal("approve", agent.Report.GetProperty("verdict").GetString());
    }

    public void Dispose() => agent.Dispose();

    private static string Diff(string file, string added)
    {
        var count = added.Split('\n').Length;
        return $"Review this.\n\ndiff --git a/{file} b/{file}\nindex 1..2 100644\n--- a/{file}\n+++ b/{file}\n@@ -10,2 +10,{2 + count} @@ class Sum\n {{\n+{added}\n }}\nThat was all. async void X()\n";
    }
}
