using Muster.App.Tests.Stories;
using Muster.Contracts;

namespace Muster.Proofs.Mutations;

/// <summary>What app and GitHub said to each other over one wave, from the label to the retro: all of it right.</summary>
internal static class Recording
{
    private const int OfOneKind = 3;

    public static async Task<IReadOnlyList<Checked>> MakeAsync()
    {
        await using var bot = await Bot.StartAsync();
        using var runner = await FakeRunner.EnrolAsync(bot);
        await bot.OpenPullAsync("theirs", "Something else");
        var issue = await bot.IssueAsync("Mend the till", "It jams.");
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        await bot.TellAsync(issue, "/dispatch status");
        await bot.RestAsync();
        bot.Contract.Verify();
        return [.. bot.Contract.All.GroupBy(c => (c.Operation, c.Status)).SelectMany(g => g.TakeLast(OfOneKind))];
    }
}
