using System.Text.Json;
using Muster.Core.Contracts;
using Muster.Core.Policy;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Policy;

public sealed class RepoPolicyReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("~")]
    [InlineData("{}")]
    [InlineData("acceptance:\nbudget:\n")]
    public void Without_a_word_everything_has_its_default(string yaml)
    {
        var (policy, problems) = RepoPolicyReader.Read(yaml);

        Assert.Empty(problems);
        Assert.Equal((20, Waiting.Merge, MergeRule.Never, OnRefusal.Park), (policy.MaxWave, policy.Waiting, policy.Merge, policy.OnRefusal));
        Assert.Equal(new Budget(90, null, 20), policy.Budget);
        Assert.Equal(new Limits(3, 5, 2), policy.Limits);
        Assert.True(policy.Retro);
        Assert.False(policy.VerifyRequired);
    }

    [Fact]
    public void A_policy_is_read_whole()
    {
        var (policy, problems) = RepoPolicyReader.Read("""
            max_wave: 7
            waiting: merge
            merge: never
            on_refusal: park
            acceptance: [make test, "make lint"]
            budget: {minutes: 30, tokens: 1000000}
            limits: {attempts_per_round: 2, rounds: 0}
            gates: {no-change: ask-reviewer, destruction/net-deletion: off}
            protected_paths: [deploy/**]
            verify: required
            retro: off
            """);

        Assert.Equal(["verify"], problems.Select(p => p.Field));
        Assert.Equal(7, policy.MaxWave);
        Assert.Equal(["make test", "make lint"], policy.Acceptance);
        Assert.Equal(new Budget(30, 1_000_000, 20), policy.Budget);
        Assert.Equal(new Limits(2, 5, 0), policy.Limits);
        Assert.Equal([("destruction/net-deletion", GateAction.Off), ("no-change", GateAction.AskReviewer)], policy.Gates.Select(g => (g.Key, g.Value)).Order());
        Assert.Equal(["deploy/**"], policy.ProtectedPaths);
        Assert.True(policy.VerifyRequired);
        Assert.False(policy.Retro);
    }

    [Theory]
    [InlineData("max_waves: 3", "max_waves", "`max_waves` is not a known key (line 1); did you mean `max_wave`?", "max_wave: 3")]
    [InlineData("max_wave: 0", "max_wave", "`max_wave` must be a whole number of at least 1.", "max_wave: 20")]
    [InlineData("max_wave: \"3\"", "max_wave", "`max_wave` must be a whole number of at least 1.", "max_wave: 20")]
    [InlineData("merge: always", "merge", "`merge` must be one of `never`, `when-passed`.", "merge: never")]
    [InlineData("merge: when-passd", "merge", "`merge` must be one of `never`, `when-passed`.", "merge: when-passed")]
    [InlineData("merge: when-passed", "merge", "`merge: when-passed` comes later; until then a person merges.", "merge: never")]
    [InlineData("waiting: stack", "waiting", "`waiting: stack` comes later; until then an issue waits until its blocker is merged.", "waiting: merge")]
    [InlineData("on_refusal: draft", "on_refusal", "`on_refusal: draft` comes later; until then refused work is parked.", "on_refusal: park")]
    [InlineData("verify: required", "verify", "`verify: required` comes later; until then a change is shown as *unverified*.", "verify: optional")]
    [InlineData("budget: {minute: 3}", "budget.minute", "`budget.minute` is not a known key (line 1); did you mean `budget.minutes`?", "minutes: 3")]
    [InlineData("gates: {no-chnage: off}", "gates.no-chnage", "`gates.no-chnage` is not a known key (line 1); did you mean `gates.no-change`?", "no-change: off")]
    [InlineData("gates: {no-change: maybe}", "gates.no-change", "`gates.no-change` must be one of `block`, `ask-person`, `ask-reviewer`, `off`.", "no-change: block")]
    [InlineData("protected_paths: [../x, deploy/**]", "protected_paths", "`../x` in `protected_paths` climbs out of the tree with `..`.", "protected_paths: [deploy/**]")]
    [InlineData("acceptance: {run: make}", "acceptance", "`acceptance` must be a list of texts.", "acceptance: [\"...\"]")]
    [InlineData("- a", "policy", "The policy must be a map of keys to values.", "max_wave: 20")]
    [InlineData("protected_paths: *x", "policy", "The policy cannot be read, because line 1 uses an alias (`*name`), which is not allowed; put the value in quotes if a star is meant.", "protected_paths: \"*x\"")]
    public void A_fault_is_named_with_its_fix_and_the_rest_still_holds(string yaml, string field, string message, string fix)
    {
        var (policy, problems) = RepoPolicyReader.Read(yaml);

        Assert.Equal([new LintProblem(field, message, fix)], problems);
        Assert.Equal(20, policy.MaxWave);
        if (field != "policy")
            Assert.DoesNotContain(RepoPolicyReader.Read(fix).Problems, p => p.Message == message);
    }

    [Fact]
    public void The_schema_and_the_reader_know_the_same_keys()
    {
        using var schema = JsonDocument.Parse(RepositoryFiles.Read(".github/muster.schema.json"));
        var properties = schema.RootElement.GetProperty("properties");

        Assert.Equal(RepoPolicyReader.Keys.Keys.Order(), properties.EnumerateObject().Select(p => p.Name).Order());
        foreach (var (key, inner) in RepoPolicyReader.Keys.Where(k => k.Value.Count > 0))
            Assert.Equal(inner.Order(), properties.GetProperty(key).GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public void Every_choice_in_the_schema_is_read()
    {
        using var schema = JsonDocument.Parse(RepositoryFiles.Read(".github/muster.schema.json"));
        foreach (var property in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            if (!property.Value.TryGetProperty("enum", out var choices))
                continue;
            foreach (var choice in choices.EnumerateArray())
                Assert.DoesNotContain(RepoPolicyReader.Read($"{property.Name}: {choice.ToString().ToLowerInvariant()}").Problems, p => p.Message.Contains("must be", StringComparison.Ordinal));
        }
    }
}
