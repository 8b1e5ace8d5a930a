namespace Muster.App.Tests.Stories;

public sealed class OldDeliveryStories
{
    [Fact]
    public async Task What_a_delivery_said_is_forgotten_after_a_week_and_that_it_came_after_five()
    {
        await using var bot = await Bot.StartAsync();
        await bot.IssueAsync();
        await bot.SettleAsync();
        var came = await bot.CountAsync("deliveries");
        Assert.Equal(came, await bot.CountAsync("deliveries", "length(payload) > 0"));

        bot.Time.Advance(TimeSpan.FromDays(6));
        await bot.SettleAsync();
        Assert.Equal(came, await bot.CountAsync("deliveries", "length(payload) > 0"));

        bot.Time.Advance(TimeSpan.FromDays(2));
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "length(payload) > 0") == 0, "what they said is forgotten");
        Assert.Equal(came, await bot.CountAsync("deliveries"));

        bot.Time.Advance(TimeSpan.FromDays(28));
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries") == 0, "that they came is forgotten");
    }
}
