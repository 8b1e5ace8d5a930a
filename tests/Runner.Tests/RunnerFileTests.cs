using Muster.Core.Wire;
using Muster.Runner.Configuration;

namespace Muster.Runner.Tests;

public sealed class RunnerFileTests
{
    [Fact]
    public void A_whole_file_is_read_and_the_roles_that_jobs_ask_for_are_offered()
    {
        var (file, faults) = RunnerFileReader.Read("""
            providers:
              openai: {protocol: responses, url: "https://api.example", key: "env:KEY", concurrency: 2}
              local: {}
            sandbox: {readable: [/opt/tools], writable: []}
            agents:
              implement:
                - {harness: command, provider: openai, model: big, command: [/opt/a, --json], when: {risk: low}}
                - {harness: command, command: [/opt/b]}
              review: {harness: command, provider: local, command: [/opt/r], probe: true}
              verify: {harness: command, command: [/opt/v]}
            """);

        Assert.Empty(faults);
        Assert.Equal(
            [
                new AgentInfo("implement/0", JobKind.Implement, "command", "openai", "openai", "big"),
                new AgentInfo("implement/1", JobKind.Implement, "command", "/opt/b", null, null),
                new AgentInfo("review/0", JobKind.Review, "command", "local", "local", null),
            ],
            file!.Offered());
        Assert.Equal(["/opt/v"], file.Find("verify/0")!.Command);
        Assert.Equal(["/opt/tools"], file.Sandbox.Readable);
        Assert.Equal("low", file.Find("implement/0")!.When!.Risk);
    }

    [Fact]
    public void Json_is_yaml() =>
        Assert.NotNull(RunnerFileReader.Read("""{"agents": {"implement": {"harness": "command", "command": ["/opt/a"]}}}""").File);

    [Theory]
    [InlineData("agents: {implement: {harness: command, command: [agent]}}", "line 1: agents.implement[0].command starts with 'agent', which is not absolute")]
    [InlineData("agents: {implement: {harness: command}}", "agents.implement[0].command is missing")]
    [InlineData("agents: {implement: {command: [/a]}}", "agents.implement[0].harness is missing")]
    [InlineData("agents: {implement: {harness: claude, command: [/a]}}", "'claude' comes later; `command` works today")]
    [InlineData("agents: {implement: {harness: vim, command: [/a]}}", "'vim' is unknown")]
    [InlineData("agents: {implement: {harness: command, command: [/a], provider: x}}", "'x' is not declared: add `x: {}` under `providers:`")]
    [InlineData("agents: {implement: {harness: command, command: [/a], colour: red}}", "agents.implement[0].colour is unknown here")]
    [InlineData("agents: {dance: {harness: command, command: [/a]}}", "agents.dance is unknown here; known: implement, review, verify, plan, retro")]
    [InlineData("agents: {implement: [/a]}", "agents.implement is neither a mapping nor a list of mappings")]
    [InlineData("agents: {implement: {harness: command, command: /a}}", "agents.implement[0].command is not a list of texts")]
    [InlineData("agents: {implement: {harness: command, command: [/a], probe: maybe}}", "agents.implement[0].probe is 'maybe'")]
    [InlineData("agents: {}", "agents names nobody")]
    [InlineData("providers: {p: {key: sk-123}}\nagents: {implement: {harness: command, command: [/a]}}", "a key itself does not belong into this file")]
    [InlineData("sandbox: {readable: [tools]}\nagents: {implement: {harness: command, command: [/a]}}", "line 1: sandbox.readable names 'tools', which is not absolute")]
    [InlineData("agents: [", "is not YAML")]
    [InlineData("", "the file is not one mapping")]
    public void A_fault_says_where_and_what_would_be_right(string text, string says)
    {
        var (file, faults) = RunnerFileReader.Read(text);

        Assert.Null(file);
        Assert.Contains(faults, f => f.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_named_at_once() => Assert.Equal(
        3,
        RunnerFileReader.Read("colour: red\nagents: {implement: [{harness: claude, command: [/a]}, {harness: command, command: [b]}]}").Faults.Count);
}
