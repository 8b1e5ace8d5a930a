using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>Issues with awkward texts, and repositories with awkward branches.</summary>
public sealed class InputStories : IAsyncLifetime
{
    private Bot bot = null!;
    private FakeRunner runner = null!;

    public async Task InitializeAsync() => await BeginAsync(new BotSetup());

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task A_body_that_starts_with_front_matter_has_its_contract_there()
    {
        var order = await OrderAsync("Do it", "---\nscope: [src/a/**]\n---\nThe prose.");

        Assert.Equal(["src/a/**"], order.Contract.Scope);
        Assert.Contains("---\nscope: [src/a/**]\n---\nThe prose.\n=====", order.Brief, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---")]
    [InlineData("---\n")]
    [InlineData("---\nA first part.\n\n---\n\nA second part.")]
    [InlineData("---\nNote: this is about money\n---")]
    public async Task A_body_that_starts_with_a_mere_rule_is_text(string body)
    {
        var order = await OrderAsync("--help", body);

        Assert.Empty(order.Contract.Scope);
        Assert.Contains($"--help\n\n{body}\n=====", order.Brief, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200B\u202E\n\n")]
    public async Task An_empty_body_runs(string body) =>
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync((await OrderAsync("Do it", body)).Issue.Value)).State);

    [Fact]
    public async Task A_body_of_250_kilobytes_reaches_the_agent_whole()
    {
        var body = string.Concat(Enumerable.Range(0, 16_000).Select(n => $"line {n:00000} ====\n"));
        Assert.InRange(body.Length, 250_000, 262_144);
        var order = await OrderAsync("Do it", body);

        Assert.Contains(body, order.Brief, StringComparison.Ordinal);
        Assert.Single(await bot.StatusAsync(order.Issue.Value));
        await runner.ImplementAsync(order);
        Assert.Equal(ItemState.Judging, (await bot.ItemAsync(order.Issue.Value)).State);
    }

    [Theory]
    [InlineData("--version", "--version")]
    [InlineData("\"it's\" `quoted` $(id) \\ %s", "\"it's\" `quoted` $(id) \\ %s")]
    [InlineData("two\nlines 🚀 and more", "two lines 🚀 and more")]
    [InlineData("-x; rm -rf / #", "-x; rm -rf / #")]
    [InlineData("a\u202Eb\u200Bc", "abc")]
    public async Task Any_title_goes_to_the_pull_request_and_to_no_branch_or_option(string title, string shown)
    {
        var order = await OrderAsync(title, "");
        Assert.Equal("muster/1/1", order.Branch);
        Assert.StartsWith($"{shown}\n\nMuster-Issue: #1\nMuster-Job: ", order.Commit!.Message, StringComparison.Ordinal);
        await runner.ImplementAsync(order);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);

        var item = await bot.ItemAsync(1);
        Assert.Equal(ItemState.Ready, item.State);
        Assert.Equal(shown, (await bot.PullAsync(item.Pull!.Value)).Text("title"));
    }

    [Fact]
    public async Task A_default_branch_of_another_name_is_what_work_starts_from_and_goes_to()
    {
        await DisposeAsync();
        await BeginAsync(new BotSetup { Branch = "trunk" });
        var order = await OrderAsync("Do it", "");
        await runner.ImplementAsync(order);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);

        var pull = await bot.PullAsync((await bot.ItemAsync(1)).Pull!.Value);
        Assert.Equal(("trunk", order.Base.Value), (pull["base"]!.Text("ref"), pull["base"]!.Text("sha")));
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(1)).State);
    }

    [Fact]
    public async Task A_contract_s_own_base_is_what_work_starts_from_and_goes_to()
    {
        var staging = await bot.CommitAsync("staging", [("src/staging.txt", "staging\n")], from: "main");
        var order = await OrderAsync("Do it", "---\nbase: staging\n---");
        Assert.Equal(staging, order.Base);
        await runner.ImplementAsync(order);

        Assert.Equal("staging", (await bot.PullAsync((await bot.ItemAsync(1)).Pull!.Value))["base"]!.Text("ref"));
    }

    private async Task BeginAsync(BotSetup setup)
    {
        bot = await Bot.StartAsync(setup);
        runner = await FakeRunner.EnrolAsync(bot);
    }

    private async Task<JobOrder> OrderAsync(string title, string body)
    {
        await bot.StartAsync(await bot.IssueAsync(title, body));
        return await runner.NextAsync(JobKind.Implement);
    }
}
