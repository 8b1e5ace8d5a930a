using Muster.App.GitHub;
using Muster.App.GitHub.Budget;
using Muster.App.Waves;
using Muster.Core;

namespace Muster.App.Outbox;

/// <summary>What an act is to those who pay for it.</summary>
/// <param name="Cost">Looking and doing together.</param>
/// <param name="Judges">Done by whoever judges, not by the author.</param>
internal sealed record OutboxErrand(Urgency Urgency, CallCost Cost, bool Judges = false);

/// <summary>
/// Picks what is done next: the most urgent act that GitHub's limits allow at this moment. It asks before the act, so
/// that nothing less urgent stands in the way of a verdict; what waits for its turn carries the newest text when it goes.
/// </summary>
internal sealed class OutboxOrder(Ledger ledger, Governor governor, Installations installations)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, OutboxErrand> Errands = new()
    {
        ["post-review"] = new(Urgency.Verdict, new CallCost(8, Content: true), Judges: true),
        ["put-check"] = new(Urgency.Verdict, new CallCost(6, Content: true), Judges: true),
        ["mark-ready"] = new(Urgency.Pull, new CallCost(7, Content: true)),
        ["open-pull"] = new(Urgency.Pull, new CallCost(6, Content: true)),
        ["file-retro"] = new(Urgency.Retro, new CallCost(6, Content: true)),
        ["say-once"] = new(Urgency.Progress, new CallCost(6, Content: true)),
        ["put-status"] = new(Urgency.Progress, new CallCost(6, Content: true)),
        ["change-labels"] = new(Urgency.Background, new CallCost(12, Content: false)),
        ["react"] = new(Urgency.Background, new CallCost(5, Content: false)),
    };

    /// <summary>The kinds that GitHub counts as content.</summary>
    public static IReadOnlyList<string> ContentKinds { get; } = [.. Errands.Where(e => e.Value.Cost.Content).Select(e => e.Key)];

    private DateTimeOffset? next;

    /// <summary>When the next look is worth while.</summary>
    public TimeSpan Period => next - ledger.Now is { } wait && wait < Longest
        ? wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1)
        : Longest;

    public static OutboxErrand ErrandOf(string kind) => Errands[kind];

    /// <summary>Null where nothing is due, or nothing that is due may go now.</summary>
    public async Task<OutboxRow?> NextAsync(CancellationToken cancellationToken)
    {
        (var row, next) = await LookAsync(cancellationToken);
        return row;
    }

    /// <summary>The next row; where there is none, the moment at which one that is due may go.</summary>
    public async Task<(OutboxRow? Row, DateTimeOffset? Later)> LookAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? later = null;
        var budgets = new Dictionary<Payer, BudgetState>();
        var due = await ledger.ReadAsync(db => OutboxRows.Due(db, ledger.Now), cancellationToken);
        // The status comment comes last of all: it tells what the others did.
        foreach (var row in due.OrderBy(r => ErrandOf(r.Kind).Urgency).ThenBy(r => r.Kind == "put-status").ThenBy(r => r.Id))
        {
            var free = await FreeAtAsync(row, ErrandOf(row.Kind), budgets, cancellationToken);
            if (free <= ledger.Now)
            {
                return (await ledger.ReadAsync(db => OutboxRows.Find(db, row.Id), cancellationToken), null);
            }

            later = later < free ? later : free;
        }

        return (null, later);
    }

    /// <summary>An installation that nobody knows yet is learned by the act itself.</summary>
    /// <param name="budgets">What was read at this look: as many rows as may be due, each payer's hour is read once.</param>
    private async Task<DateTimeOffset> FreeAtAsync(
        DueRow row, OutboxErrand errand, Dictionary<Payer, BudgetState> budgets, CancellationToken cancellationToken)
    {
        var repo = new RepoId(row.Repo);
        var payer = errand.Judges ? await installations.PayerAsync(GitHubIdentity.Reviewer, repo, cancellationToken) : null;
        payer ??= await installations.PayerAsync(GitHubIdentity.Author, repo, cancellationToken);
        if (payer is not { } known)
        {
            return ledger.Now;
        }

        if (!budgets.TryGetValue(known, out var budget))
        {
            budgets.Add(known, budget = await governor.BudgetAsync(known, cancellationToken));
        }

        return governor.FreeAt(budget, errand.Cost, errand.Urgency);
    }
}
