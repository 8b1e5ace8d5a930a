using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Muster.GitHubSimulator.Faults;

/// <summary>A rule at work: what it has met so far, and who waits at it.</summary>
internal sealed class LiveFault(int id, FaultRule rule, DateTimeOffset madeAt, long cutoff)
{
    private readonly Random random = new(rule.Seed);
    private readonly Regex path = Pattern(rule.Path);
    private TaskCompletionSource gate = NewGate();
    private int waiting;

    public int Id { get; } = id;

    public FaultRule Rule { get; } = rule;

    /// <summary>What was made after the rule has a higher id.</summary>
    public long Cutoff { get; } = cutoff;

    /// <summary>Matching requests so far.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them it met.</summary>
    public int Hits { get; private set; }

    public static string NameOf(FaultKind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>Whether this request is one that the rule is about, met or not.</summary>
    public bool Matches(FaultedRequest request, DateTimeOffset now) =>
        (Rule.Seconds is not { } life || now < madeAt.AddSeconds(life))
        && (Rule.Method == "*" || Rule.Method.Split('|').Contains(request.Method, StringComparer.OrdinalIgnoreCase))
        && path.IsMatch(request.Path)
        && (Rule.Actor is null || Rule.Actor.Equals(request.Actor, StringComparison.OrdinalIgnoreCase))
        && (Rule.Body is null || request.Body?.Contains(Rule.Body, StringComparison.Ordinal) == true);

    /// <summary>Counts a matching request, and says whether it would be met.</summary>
    public bool Count()
    {
        Calls++;
        // Drawn in any case: a later call's luck must not depend on an earlier rule.
        var drawn = random.NextDouble();
        return (Rule.Times is not { } most || Hits < most)
            && (Rule.Calls is not { } calls || calls.Contains(Calls))
            && (Rule.Every is not { } every || Calls % every == 0)
            && (Rule.Chance is not { } chance || drawn < chance);
    }

    public void Hit() => Hits++;

    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await (Rule.Delay is { } delay
                ? Task.Delay(TimeSpan.FromSeconds(delay), time, cancellationToken)
                : Volatile.Read(ref gate).Task.WaitAsync(cancellationToken));
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>Lets go whoever waits now; who comes later waits anew.</summary>
    public void Release() => Interlocked.Exchange(ref gate, NewGate()).SetResult();

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["rule"] = JsonNode.Parse(Rule.ToJson()),
        ["madeAt"] = madeAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["calls"] = Calls,
        ["hits"] = Hits,
        ["waiting"] = Volatile.Read(ref waiting),
    };

    private static Regex Pattern(string glob) => new(
        "^" + Regex.Escape(glob).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>As much of a request as a rule looks at.</summary>
internal readonly record struct FaultedRequest(string Method, string Path, string? Actor, string? Body);
