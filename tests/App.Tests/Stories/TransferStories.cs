using Muster.App.Tests.Simulator;

namespace Muster.App.Tests.Stories;

/// <summary>A repository that goes to another owner takes its issues along, and another installation answers for it.</summary>
public sealed class TransferStories
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repository_that_went_to_another_owner_goes_on(bool restart)
    {
        await using var bot = await Bot.StartAsync();
        await bot.StartAsync(await bot.IssueAsync("One"));
        var moved = await Answer.AskAsync(
            bot.Hub, HttpMethod.Post, $"/_sim/repos/{bot.RepoId.Value}/transfer", null, new { owner = "elsewhere", installations = new[] { 1001, 1002 } });
        Assert.Equal(200, moved.Status);
        await bot.SettleAsync();
        if (restart)
        {
            await bot.StopAppAsync();
            await bot.StartAppAsync();
        }

        const string Issues = "/repos/elsewhere/shop/issues";
        var token = await bot.TokenAsync("ann");
        var two = (await Answer.AskAsync(bot.Hub, HttpMethod.Post, Issues, token, new { title = "Two" })).Json!["number"]!.GetValue<int>();
        var labelled = await Answer.AskAsync(bot.Hub, HttpMethod.Post, $"{Issues}/{two}/labels", token, new { labels = new[] { "agent:go" } });
        Assert.Equal(200, labelled.Status);

        await bot.UntilAsync(async () => await bot.CountAsync("items") == 2, "the second issue is taken up");
    }
}
