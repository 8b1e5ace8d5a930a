using Muster.GitHubSimulator.Faults;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>One caller's account; its book holds the lock.</summary>
internal sealed class Ledger(Caller caller)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Violations violations = new();
    private readonly List<ContentWrite> writes = [];
    private readonly Queue<(DateTimeOffset At, int Points)> rest = new();
    private readonly Queue<(DateTimeOffset At, int Points)> graph = new();
    private DateTimeOffset windowEnds;
    private int used;
    private long requests;
    private long pointsInAll;
    private int active;
    private int mostAtOnce;
    private int refusals;
    private Pause? pause;

    /// <summary>Says what stands against a request, and writes the violation down.</summary>
    public Objection? Enter(Weight weight, RateSettings settings, DateTimeOffset now)
    {
        requests++;
        Turn(now);
        if (pause is { } current && now < current.Until && (weight.Content || !current.ContentOnly))
        {
            violations.Early++;
            refusals++;
            return new Objection(current.Words(caller, now), current.Planned);
        }

        if (Overstepped(weight, settings, now) is not { } next)
            return null;
        refusals++;
        if (settings.Enforced && caller.IsHeld)
            pause = next;
        return new Objection(next.Words(caller, now), ByPlan: false);
    }

    /// <summary>Counts a request that was let in.</summary>
    public ContentWrite? Count(Weight weight, string method, string path, DateTimeOffset now)
    {
        used++;
        active++;
        mostAtOnce = Math.Max(mostAtOnce, active);
        pointsInAll += weight.Points;
        (weight.Graph ? graph : rest).Enqueue((now, weight.Points));
        if (!weight.Content)
            return null;
        var write = new ContentWrite(now, method, path);
        writes.Add(write);
        return write;
    }

    public void Leave() => active = Math.Max(0, active - 1);

    public void Refund() => used = Math.Max(0, used - 1);

    public LimitRefusal Block(FaultRule rule, DateTimeOffset now)
    {
        var seconds = rule.Reset ?? rule.RetryAfter ?? 60;
        pause = new Pause(now.AddSeconds(seconds), rule.Status ?? 403, rule.RetryAfter is not null, rule.Reset is not null, ContentOnly: false, Planned: true);
        refusals++;
        return pause.Words(caller, now);
    }

    public RateHeaders Headers(RateSettings settings, DateTimeOffset now)
    {
        Turn(now);
        return new RateHeaders(settings.PerHour, Math.Max(0, settings.PerHour - used), windowEnds);
    }

    public InstallationUse Use(DateTimeOffset now) => new(
        caller.Kind, caller.Id, caller.Login, requests, Points(rest, now) + Points(graph, now), pointsInAll, used, mostAtOnce, refusals,
        violations with { }, [.. writes.Select(w => w with { })]);

    // The primary limit has hours that begin with their first request.
    private void Turn(DateTimeOffset now)
    {
        if (now < windowEnds)
            return;
        windowEnds = now + Hour;
        used = 0;
    }

    private Pause? Overstepped(Weight weight, RateSettings settings, DateTimeOffset now)
    {
        if (used >= settings.PerHour)
        {
            violations.Primary++;
            return new Pause(windowEnds, 403, SaysWhen: false, Primary: true, ContentOnly: false);
        }

        if (active >= settings.Concurrent)
        {
            violations.Concurrent++;
            return new Pause(now.AddSeconds(1), 403, SaysWhen: true, Primary: false, ContentOnly: false);
        }

        var (line, most) = weight.Graph ? (graph, settings.GraphPointsPerMinute) : (rest, settings.PointsPerMinute);
        if (Points(line, now) + weight.Points > most)
        {
            violations.Points++;
            return new Pause(line.Peek().At + Minute, 429, SaysWhen: true, Primary: false, ContentOnly: false);
        }

        if (!weight.Content)
            return null;
        if (Since(now - Hour) is var hour && hour.Count >= settings.ContentPerHour)
        {
            violations.ContentHour++;
            return new Pause(hour[^settings.ContentPerHour] + Hour, 403, SaysWhen: true, Primary: false, ContentOnly: true);
        }

        if (Since(now - Minute) is var minute && minute.Count >= settings.ContentPerMinute)
        {
            violations.ContentMinute++;
            return new Pause(minute[^settings.ContentPerMinute] + Minute, 403, SaysWhen: true, Primary: false, ContentOnly: true);
        }

        return null;
    }

    private List<DateTimeOffset> Since(DateTimeOffset start)
    {
        var first = writes.FindLastIndex(w => w.At <= start) + 1;
        return [.. writes.Skip(first).Select(w => w.At)];
    }

    private static int Points(Queue<(DateTimeOffset At, int Points)> line, DateTimeOffset now)
    {
        while (line.TryPeek(out var oldest) && oldest.At <= now - Minute)
            line.Dequeue();
        return line.Sum(p => p.Points);
    }

    /// <summary>A time in which this caller had better be silent.</summary>
    private sealed record Pause(DateTimeOffset Until, int Status, bool SaysWhen, bool Primary, bool ContentOnly, bool Planned = false)
    {
        public LimitRefusal Words(Caller caller, DateTimeOffset now) => new(
            Status,
            SaysWhen ? Math.Max(1, (int)Math.Ceiling((Until - now).TotalSeconds)) : null,
            Primary ? Until : null,
            $"{caller.Kind} ID {caller.Id}");
    }
}

/// <summary>A limit stands against a request; one by plan is enforced in any case.</summary>
internal sealed record Objection(LimitRefusal Words, bool ByPlan);
