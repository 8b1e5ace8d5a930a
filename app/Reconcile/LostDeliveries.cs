using Muster.App.GitHub;

namespace Muster.App.Reconcile;

/// <summary>
/// Webhooks that GitHub could not bring, as while the app was away: it tries each only once, unless asked. The store
/// knows deliveries by their id, so one that had come all the same changes nothing.
/// </summary>
internal sealed partial class LostDeliveries(AppsApi apps, TimeProvider time, ILogger<LostDeliveries> logger)
{
    /// <summary>How far back GitHub brings a delivery again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>A delivery is listed when its attempt is over, which may be later than others that began after it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private DateTimeOffset? seenUntil;

    /// <returns>Whether any is on its way again.</returns>
    public async Task<bool> AskAgainAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = (seenUntil ?? now - Kept) - Overlap;
        if (await apps.DeliveriesAsync(GitHubIdentity.Author, since, cancellationToken) is not Answer<IReadOnlyList<HookDelivery>>.Ok { Value: var deliveries })
        {
            return false;
        }

        var any = false;
        var lostNow = In(deliveries, now - Kept).ToList();
        var due = lostNow.Where(lost => lost.Due <= now).ToList();
        var all = due.Count == lostNow.Count;
        foreach (var (lost, _) in due)
        {
            var asked = await apps.RedeliverAsync(GitHubIdentity.Author, lost.Id, cancellationToken) is Answer<Done>.Ok;
            (any, all) = (any || asked, all && asked);
            AskedAgain(lost.Key, lost.Event, lost.Action);
        }

        // One that is not due, or could not be asked for, is looked for again, however old it is by then.
        seenUntil = all ? now : seenUntil;
        return any;
    }

    /// <summary>
    /// Those that never arrived and that GitHub still has, oldest first, and when each may be asked for: at once after its
    /// first attempt, then at longer and longer intervals, as long as GitHub keeps it. The way to us may be broken for
    /// hours. What we refused would be refused again, so it is left alone.
    /// </summary>
    internal static IEnumerable<(HookDelivery Lost, DateTimeOffset Due)> In(IReadOnlyList<HookDelivery> deliveries, DateTimeOffset since) => deliveries
        .Where(d => d.Key is not null)
        .GroupBy(d => d.Key)
        .Where(attempts => attempts.All(a => a.StatusCode is null or 0 or >= 500) && !attempts.Any(a => a.DeliveredAt < since))
        .Select(attempts => (Lost: attempts.MaxBy(d => d.Id)!, Attempts: attempts.Count()))
        .OrderBy(d => d.Lost.Id)
        .Select(d => (d.Lost, (d.Lost.DeliveredAt ?? DateTimeOffset.MinValue) + Wait(d.Attempts)));

    private static TimeSpan Wait(int attempts) =>
        attempts <= 1 ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(LongestWait.TotalMinutes, 1 << Math.Min(attempts - 2, 10)));

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked GitHub to bring delivery {Id} ({Event} {Action}) again")]
    private partial void AskedAgain(string? id, string? @event, string? action);
}
