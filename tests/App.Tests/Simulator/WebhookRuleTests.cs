using System.Text.Json.Nodes;

namespace Muster.App.Tests.Simulator;

/// <summary>Webhooks that get lost, come twice, late, or in another order.</summary>
public sealed class WebhookRuleTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Held_deliveries_leave_in_the_order_that_is_asked_for()
    {
        var toy = await github.RepositoryAsync();
        await RuleAsync(new { hold = true });
        for (var n = 0; n < 5; n++)
            await toy.IssueAsync();
        await github.SettleAsync();
        Assert.Empty(Heard(toy));
        Assert.Equal(5, (await github.GetAsync("/_sim/idle"))["heldDeliveries"].GetValue<int>());
        Assert.Equal(5, (await github.ControlAsync("/deliveries/release", new { order = "reversed" }))["released"].GetValue<int>());
        await github.SettleAsync();
        Assert.Equal([5, 4, 3, 2, 1], Heard(toy));
        Assert.Equal(422, (await github.ControlAsync("/deliveries/release", new { order = "sideways" })).Status);
        await RuleAsync(new { });
    }

    [Fact]
    public async Task A_seed_shuffles_the_same_way_again()
    {
        var orders = new List<string>();
        for (var round = 0; round < 2; round++)
        {
            var toy = await github.RepositoryAsync();
            await RuleAsync(new { reorder = 6, seed = 3, @event = "issues.opened" });
            for (var n = 0; n < 6; n++)
                await toy.IssueAsync();
            await github.SettleAsync();
            orders.Add(string.Join(' ', Heard(toy)));
        }

        await RuleAsync(new { });
        Assert.Equal(orders[0], orders[1]);
        Assert.NotEqual("1 2 3 4 5 6", orders[0]);
        Assert.Equal("123456", string.Concat(orders[0].Replace(" ", "", StringComparison.Ordinal).Order()));
    }

    [Fact]
    public async Task A_late_delivery_is_overtaken()
    {
        var toy = await github.RepositoryAsync();
        await github.SettleAsync();
        await RuleAsync(new { delay = 20 });
        await toy.IssueAsync();
        await RuleAsync(new { });
        await toy.IssueAsync();
        await github.SettleAsync();
        Assert.Equal([2], Heard(toy));
        github.Clock.Advance(TimeSpan.FromSeconds(20));
        await github.SettleAsync();
        Assert.Equal([2, 1], Heard(toy));
    }

    [Fact]
    public async Task Some_get_lost_by_chance_and_are_in_the_log_to_be_sent_again()
    {
        var toy = await github.RepositoryAsync();
        await github.SettleAsync();
        await RuleAsync(new { dropChance = 0.3, duplicateChance = 0.2, seed = 11 });
        for (var n = 0; n < 60; n++)
            await toy.IssueAsync();
        await RuleAsync(new { });
        await github.SettleAsync();
        var log = (await github.GetAsync("/_sim/deliveries")).Items().Where(d => d["repositoryId"]?.GetValue<long>() == toy.Id).ToList();
        var lost = log.Where(d => d["dropped"]!.GetValue<bool>()).Select(d => d["guid"]!.GetValue<string>()).ToList();
        Assert.InRange(lost.Count, 8, 30);
        Assert.InRange(Heard(toy).Count - Heard(toy).Distinct().Count(), 3, 25);
        Assert.Equal(60 - lost.Count, Heard(toy).Distinct().Count());

        var failed = (await github.GetAsync("/app/hook/deliveries?per_page=100", github.Jwt())).Items().Where(d => lost.Contains(d["guid"]!.GetValue<string>())).ToList();
        Assert.Equal(lost.Count, failed.Count);
        foreach (var delivery in failed)
            await github.PostAsync($"/app/hook/deliveries/{delivery["id"]}/attempts", github.Jwt(), null);
        await github.SettleAsync();
        Assert.Equal(Enumerable.Range(1, 60), Heard(toy).Distinct().Order());
    }

    private Task<Answer> RuleAsync(object rules) => github.ControlAsync("/deliveries/rules", rules);

    private List<int> Heard(Toy toy) =>
    [
        .. github.Sink.Arrivals.Where(a => a.Event == "issues" && a.Body["repository"] is JsonNode r && r["id"]!.GetValue<long>() == toy.Id)
            .Select(a => a.Body["issue"]!["number"]!.GetValue<int>()),
    ];
}
