using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.Faults;

/// <summary>
/// The faults that are to happen. Each rule counts for itself the requests that match it; where several would strike,
/// the one made first does.
/// </summary>
public sealed class FaultPlan(TimeProvider time, Func<long> lastId)
{
    private readonly Lock gate = new();
    private readonly List<LiveFault> faults = [];
    private int lastFault;

    /// <summary>Adds a rule and returns its id.</summary>
    public int Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (gate)
        {
            faults.Add(new LiveFault(++lastFault, rule, time.GetUtcNow(), lastId()));
            return lastFault;
        }
    }

    /// <summary>Takes a rule away, and lets go who waits at it; false when there is none of that id.</summary>
    public bool Remove(int id) => Leave(f => f.Id == id) > 0;

    public void Clear() => Leave(_ => true);

    /// <summary>Lets go the requests that wait at a rule, or at any; returns how many rules there were.</summary>
    public int Release(int? id = null)
    {
        List<LiveFault> found;
        lock (gate)
            found = faults.FindAll(f => id is null || f.Id == id);
        found.ForEach(f => f.Release());
        return found.Count;
    }

    /// <summary>How often a rule has struck.</summary>
    public int Hits(int id)
    {
        lock (gate)
            return faults.Find(f => f.Id == id)?.Hits ?? 0;
    }

    internal LiveFault? Take(FaultedRequest request)
    {
        lock (gate)
        {
            LiveFault? struck = null;
            foreach (var fault in faults.Where(f => f.Matches(request, time.GetUtcNow())))
            {
                if (fault.Count())
                    struck ??= fault;
            }

            struck?.Hit();
            return struck;
        }
    }

    /// <summary>Whether a list is about to be, or is being, answered as it was earlier: then it is not remembered anew.</summary>
    internal bool Remembers(FaultedRequest request)
    {
        lock (gate)
            return !faults.Exists(f => f.Rule.Kind == FaultKind.Stale && f.Matches(request, time.GetUtcNow()));
    }

    internal JsonArray ToJson()
    {
        lock (gate)
            return [.. faults.Select(f => f.ToJson())];
    }

    private int Leave(Predicate<LiveFault> which)
    {
        List<LiveFault> gone;
        lock (gate)
        {
            gone = faults.FindAll(which);
            faults.RemoveAll(which);
        }

        gone.ForEach(f => f.Release());
        return gone.Count;
    }
}
