using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

public sealed class GateDefaultsTests
{
    [Fact]
    public void The_rules_run_in_this_order() => Assert.Equal(
        ["no-change", "target-missing", "out-of-scope", "protected-path", "symlink", "submodule", "destruction", "tests-weakened", "extra-tests", "acceptance"],
        GateDefaults.Rules);

    [Theory]
    [InlineData("", "destruction", null, GateAction.Block)]
    [InlineData("", "destruction", "net-deletion", GateAction.AskReviewer)]
    [InlineData("destruction", "destruction", null, GateAction.Off)]
    [InlineData("destruction", "destruction", "net-deletion", GateAction.Off)]
    [InlineData("destruction/net-deletion", "destruction", "net-deletion", GateAction.Off)]
    [InlineData("destruction/net-deletion", "destruction", null, GateAction.Block)]
    public void A_policy_names_a_rule_or_one_kind_of_its_findings(string switchedOff, string rule, string? kind, GateAction action) =>
        Assert.Equal(action, GateDefaults.Action(new GateRules(new Dictionary<string, GateAction> { [switchedOff] = GateAction.Off }, []), rule, kind));

    [Fact]
    public void A_policy_may_make_one_kind_stricter_but_a_rule_never_does() => Assert.Equal(
        (GateAction.Block, GateAction.AskReviewer),
        (GateDefaults.Action(new GateRules(new Dictionary<string, GateAction> { ["destruction/removed"] = GateAction.Block }, []), "destruction", "removed"),
            GateDefaults.Action(new GateRules(new Dictionary<string, GateAction> { ["destruction"] = GateAction.AskPerson }, []), "destruction", "removed")));

    [Fact]
    public void A_finding_that_is_switched_off_is_not_shown_and_one_that_asks_lets_the_change_pass()
    {
        var change = Given.Change();
        var asking = new GateRules(new Dictionary<string, GateAction> { ["no-change"] = GateAction.AskPerson }, []);
        var off = new GateRules(new Dictionary<string, GateAction> { ["no-change"] = GateAction.Off }, []);

        Assert.False(change.Judge().Passed);
        Assert.True(change.Judge(rules: asking) is { Passed: true, Findings.Count: 1 });
        Assert.True(change.Judge(rules: off) is { Passed: true, Findings.Count: 0 });
    }
}
