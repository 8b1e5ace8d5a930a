using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Muster.App.Storage;

namespace Muster.App.GitHub.Budget;

/// <summary>
/// Keeps every request within what GitHub allows an installation, and silent for as long as GitHub asks: going on while
/// one is limited can get an App banned.
/// </summary>
public sealed partial class Governor(Store store, BudgetLimits limits, TimeProvider time, ILogger<Governor> logger)
{
    // Points come back within a minute, so whoever has nothing to hurry past waits for them.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(65);

    private readonly ConcurrentDictionary<Payer, SemaphoreSlim> lanes = new();
    private int waiting;
    private int waitingErrands;

    /// <summary>How many requests wait for the clock.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>How many of them are part of an errand.</summary>
    internal int WaitingErrands => Volatile.Read(ref waitingErrands);

    /// <summary>When such a request may go: now or earlier where nothing stands in its way.</summary>
    public async Task<DateTimeOffset> FreeAtAsync(Payer payer, CallCost cost, Urgency urgency, CancellationToken cancellationToken) =>
        FreeAt(await BudgetAsync(payer, cancellationToken), cost, urgency);

    /// <summary>What a payer has spent, for whoever asks about more than one request at a moment.</summary>
    internal async Task<BudgetState> BudgetAsync(Payer payer, CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(db => BudgetRows.Read(db, payer), cancellationToken);
        return state.IsAhead(time.GetUtcNow()) ? await store.WriteAsync(db => Settled(db, payer), cancellationToken) : state;
    }

    internal DateTimeOffset FreeAt(BudgetState state, CallCost cost, Urgency urgency) => state.FreeAt(cost, urgency, limits, time.GetUtcNow());

    /// <summary>Sends when it may be sent. Unknown, with the time to come back, where that is too far off.</summary>
    internal async Task<Sent> RunAsync(Payer payer, CallCost cost, Func<Task<Sent>> send, CancellationToken cancellationToken)
    {
        var (entry, later) = await EnterAsync(payer, cost, cancellationToken);
        if (entry is null)
            return new Sent(new Answer<Reply>.Unknown($"GitHub's limits keep the {payer} waiting", later, NothingDone: true));

        var lane = lanes.GetOrAdd(payer, _ => new SemaphoreSlim(limits.AtOnce));
        await lane.WaitAsync(cancellationToken);
        try
        {
            var sent = await send();
            return sent with { Answer = await HeardAsync(payer, entry, sent, cancellationToken) };
        }
        finally
        {
            lane.Release();
            if (cost.Content)
                await store.WriteAsync(db => { BudgetRows.Answered(db, entry.Row, time.GetUtcNow()); return true; }, CancellationToken.None);
        }
    }

    private async Task<(Entry? Entry, DateTimeOffset Later)> EnterAsync(Payer payer, CallCost cost, CancellationToken cancellationToken)
    {
        // Read here: the store's writer works outside of this flow.
        var (urgency, patience) = Errand.Current is { } errand ? (errand, 2 * limits.Spacing) : (Urgency.Background, Patience);
        while (true)
        {
            var (entry, free, paused) = await store.WriteAsync(db => Enter(db, payer, cost, urgency), cancellationToken);
            var wait = free - time.GetUtcNow();
            if (entry is not null || paused || wait > patience)
                return (entry, free);
            Interlocked.Increment(ref waiting);
            Interlocked.Add(ref waitingErrands, Errand.Current is null ? 0 : 1);
            try
            {
                await Task.Delay(wait, time, cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref waitingErrands, Errand.Current is null ? 0 : -1);
                Interlocked.Decrement(ref waiting);
            }
        }
    }

    private (Entry? Entry, DateTimeOffset Free, bool Paused) Enter(SqliteConnection db, Payer payer, CallCost cost, Urgency urgency)
    {
        var now = time.GetUtcNow();
        var state = Settled(db, payer);
        var free = state.FreeAt(cost, urgency, limits, now);
        return free > now
            ? (null, free, state.PausedUntil > now)
            : (new Entry(BudgetRows.Spend(db, payer, cost, now), BudgetRows.PauseOf(db, payer).Strikes), now, false);
    }

    private BudgetState Settled(SqliteConnection db, Payer payer)
    {
        var now = time.GetUtcNow();
        BudgetRows.SetBack(db, payer, now);
        BudgetRows.Forget(db, payer, limits, now);
        return BudgetRows.Read(db, payer);
    }

    private async Task<Answer<Reply>> HeardAsync(Payer payer, Entry entry, Sent sent, CancellationToken cancellationToken)
    {
        if (sent.Word is not { } word)
        {
            if (entry.Strikes > 0 && sent.Answer is not Answer<Reply>.Unknown)
                await store.WriteAsync(db => { BudgetRows.Put(db, payer, BudgetRows.PauseOf(db, payer) with { Strikes = 0 }); return true; }, cancellationToken);
            return sent.Answer;
        }

        var pause = await store.WriteAsync(db =>
        {
            var next = BudgetRows.PauseOf(db, payer).After(word, time.GetUtcNow());
            BudgetRows.Put(db, payer, next);
            return next;
        }, cancellationToken);
        Paused(payer.Name, pause.Until);
        return word.Refused ? new Answer<Reply>.Unknown("GitHub's rate limit", pause.Until, NothingDone: true) : sent.Answer;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub's limits: the {Payer} is silent until {Until}")]
    private partial void Paused(string payer, DateTimeOffset until);

    private sealed record Entry(long Row, int Strikes);
}

/// <summary>What came of one request.</summary>
/// <param name="Moved">Where GitHub sends us instead.</param>
/// <param name="Word">What it said about its limits.</param>
/// <param name="Date">When GitHub answered, by its own clock.</param>
internal sealed record Sent(Answer<Reply> Answer, Uri? Moved = null, RateWord? Word = null, DateTimeOffset? Date = null);
