using System.Diagnostics;
using System.Text.Json;
using static Muster.Runner.Tests.FakeAgent.AgentProcess;

namespace Muster.Runner.Tests.FakeAgent;

/// <summary>The agent does what the script in its brief says, and nothing else.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Lexer = "class Lexer\n{\n    /// <summary>Reads.</summary>\n    public int Read(string text)\n    {\n        var brace = \"}\"; // }\n        return brace.Length;\n    }\n\n    public int Other() => Read(\"\");\n}\n";
    private readonly AgentProcess agent = new();

    [Theory]
    [InlineData(0, 1, "0.1")]
    [InlineData(0, 2, "0.2")]
    [InlineData(0, 3, "0.2")]
    [InlineData(1, 1, "1.1")]
    [InlineData(2, 1, "1.1")]
    public async Task Round_and_attempt_choose_the_entry_and_the_last_one_before_stands_in(int round, int attempt, string chosen)
    {
        var script = Fenced("""
            {"implement":[{"do":[{"act":"print","text":"0.1"}]},
                          {"round":0,"attempt":2,"do":[{"act":"print","text":"0.2"}]},
                          {"round":1,"do":[{"act":"print","text":"1.1"}]}]}
            """);

        var (code, output, _) = await agent.RunAsync(script, "implement", round, attempt);

        Assert.Equal((0, $"act: print\n{chosen}\n"), (code, output));
        Assert.Equal("done", agent.Report.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Files_are_written_changed_and_removed()
    {
        agent.Put("old.txt", "one two");
        agent.Put("gone.txt", "");

        var (code, _, _) = await agent.ImplementAsync("""
            {"act":"write","file":"deep/new.txt","text":"a"},{"act":"append","file":"deep/new.txt","text":"b"},
            {"act":"replace","file":"old.txt","find":"two","with":"three"},{"act":"delete-file","file":"gone.txt"},
            {"act":"symlink","file":"link","target":"/etc/passwd"}
            """);

        Assert.Equal((0, "ab", "one three"), (code, agent.Read("deep/new.txt"), agent.Read("old.txt")));
        Assert.False(File.Exists(Path.Combine(agent.Workspace, "gone.txt")));
        Assert.Equal("/etc/passwd", new FileInfo(Path.Combine(agent.Workspace, "link")).LinkTarget);
    }

    [Theory]
    [InlineData("""{"act":"replace","file":"Lexer.cs","find":"missing","with":"x"}""", "stands 0 times")]
    [InlineData("""{"act":"replace","file":"Lexer.cs","find":"public","with":"x"}""", "stands 2 times")]
    [InlineData("""{"act":"stub-function","file":"Lexer.cs","name":"Missing"}""", "no function Missing")]
    [InlineData("""{"act":"dance"}""", "no act is called \"dance\"")]
    [InlineData("""{"act":"write","file":"x"}""", "write needs \"text\"")]
    public async Task A_script_that_does_not_fit_is_said_in_words_and_leaves_no_report(string act, string says)
    {
        agent.Put("Lexer.cs", Lexer);

        var (code, _, error) = await agent.ImplementAsync(act);

        Assert.Equal(3, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.False(File.Exists(agent.Output));
    }

    [Fact]
    public async Task A_function_becomes_a_stub_or_goes_with_its_documentation()
    {
        agent.Put("Stub.cs", Lexer);
        agent.Put("Gone.cs", Lexer);

        await agent.ImplementAsync("""
            {"act":"stub-function","file":"Stub.cs","name":"Read","body":"0"},{"act":"delete-function","file":"Gone.cs","name":"Read"}
            """);

        Assert.Equal("class Lexer\n{\n    /// <summary>Reads.</summary>\n    public int Read(string text) => 0;\n\n    public int Other() => Read(\"\");\n}\n", agent.Read("Stub.cs"));
        Assert.Equal("class Lexer\n{\n    public int Other() => Read(\"\");\n}\n", agent.Read("Gone.cs"));
    }

    [Fact]
    public async Task Tests_are_added_to_the_last_class_or_to_a_new_one()
    {
        agent.Put("OldTests.cs", "class OldTests\n{\n    int a;\n}\n");

        await agent.ImplementAsync("""
            {"act":"add-test","file":"OldTests.cs","name":"Nobody_asked"},{"act":"endless-tests","file":"NewTests.cs","n":30}
            """);

        Assert.Equal("class OldTests\n{\n    int a;\n\n    [Fact]\n    public void Nobody_asked()\n    {\n        Assert.True(1 + 1 == 2);\n    }\n}\n", agent.Read("OldTests.cs"));
        Assert.Equal(30, agent.Read("NewTests.cs").Split("[Fact]").Length - 1);
    }

    [Theory]
    [InlineData("ask-login", 1, "Please run /login")]
    [InlineData("exit", 1, "act: exit")]
    [InlineData("crash", 137, "act: crash")]
    [InlineData("read-env", 0, "MUSTER_ISSUE MUSTER_JOB")]
    public async Task Canned_acts_need_no_script(string act, int ends, string says)
    {
        var (code, output, _) = await agent.RunAsync("Just text.", "implement", 0, 1, "--do", act);

        Assert.Equal(ends, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lie_is_a_good_report_over_no_change_and_garbage_is_no_report()
    {
        await agent.RunAsync("", "implement", 0, 1, "--do", "lie");
        Assert.Equal("done", agent.Report.GetProperty("status").GetString());
        Assert.Empty(Directory.GetFileSystemEntries(agent.Workspace));

        await agent.RunAsync("", "implement", 0, 1, "--do", "garbage-report");
        Assert.ThrowsAny<JsonException>(() => agent.Report);

        await agent.RunAsync("", "implement", 0, 1, "--do", "big-report");
        Assert.True(new FileInfo(agent.Output).Length > 5_000_000);
    }

    [Fact]
    public async Task A_flood_is_as_long_as_it_says() =>
        Assert.Equal(3_000_000, (await agent.ImplementAsync("""{"act":"flood","bytes":3000000}""")).Out.Length - "act: flood\n".Length);

    [Fact]
    public async Task The_log_says_what_the_agent_was_given()
    {
        await agent.ImplementAsync("""{"act":"print","text":"x"}""", "--log", "run.log");

        var line = JsonDocument.Parse(agent.Read("run.log")).RootElement;
        Assert.Equal(("12", 0, 64), (line.GetProperty("issue").GetString(), line.GetProperty("round").GetInt32(), line.GetProperty("stdinSha256").GetString()!.Length));
        Assert.Contains("MUSTER_ROLE", line.GetProperty("envNames").EnumerateArray().Select(n => n.GetString()));
        Assert.True(line.GetProperty("ended").GetDateTimeOffset() >= line.GetProperty("started").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_survivor_outlives_the_agent_and_its_process_group()
    {
        var (code, output, _) = await agent.ImplementAsync("""{"act":"daemonise","file":"alive"}""");
        var pid = int.Parse(output.Split("daemon: ")[1], System.Globalization.CultureInfo.InvariantCulture);
        using var survivor = Process.GetProcessById(pid);

        Assert.Equal((0, false), (code, survivor.HasExited));
        survivor.Kill();
        await survivor.WaitForExitAsync();
    }

    [Fact]
    public async Task A_stall_ends_by_force_alone_when_it_ignores_the_polite_way()
    {
        using var process = await agent.StartAsync(Fenced("""{"implement":[{"do":["ignore-sigterm",{"act":"print","text":"ready"},"stall"]}]}"""));
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "act: stall")
        {
        }

        using (var kill = Process.Start("kill", ["-s", "TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        Assert.False(process.HasExited);
        process.Kill();
        await process.WaitForExitAsync();
        Assert.Equal(137, process.ExitCode);
    }

    public void Dispose() => agent.Dispose();
}
