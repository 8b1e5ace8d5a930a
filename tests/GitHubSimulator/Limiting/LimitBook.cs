using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Faults;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>
/// GitHub's limits, counted for every caller and enforced on installations. Labels, reactions, merges and git count as
/// points or not at all, never as content.
/// </summary>
public sealed class LimitBook(TimeProvider time, RateSettings settings)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Lock gate = new();
    private readonly Dictionary<Caller, Ledger> ledgers = [];

    public RateSettings Settings { get; set; } = settings;

    /// <summary>What every caller has used so far.</summary>
    public IReadOnlyList<InstallationUse> Read()
    {
        lock (gate)
            return [.. ledgers.Values.Select(l => l.Use(time.GetUtcNow()))];
    }

    /// <summary>What a REST request costs, and whether it is a content write.</summary>
    public static (int Points, bool Content) Cost(string method, string path)
    {
        var weight = Weight.Of(method, path, []);
        return (weight.Points, weight.Content);
    }

    /// <summary>All installations' violations together.</summary>
    public int ViolationsInAll() => Read().Where(u => u.Kind == "installation").Sum(u => u.Violations.Total);

    /// <summary>Forgets everything counted, limits under way included.</summary>
    public void Reset()
    {
        lock (gate)
            ledgers.Clear();
    }

    /// <summary>Counts a request in, or refuses it.</summary>
    internal (LimitTicket? Ticket, LimitRefusal? Refusal) Enter(Caller caller, Weight weight, string method, string path)
    {
        lock (gate)
        {
            var ledger = Of(caller);
            var refusal = ledger.Enter(weight, Settings, time.GetUtcNow());
            return refusal is not null && (refusal.ByPlan || (Settings.Enforced && caller.IsHeld))
                ? (null, refusal.Words)
                : (new LimitTicket(this, caller, ledger.Count(weight, method, path, time.GetUtcNow())), null);
        }
    }

    /// <summary>Begins a limit by plan: it holds for this caller until it is over.</summary>
    internal LimitRefusal Block(Caller caller, FaultRule rule)
    {
        lock (gate)
            return Of(caller).Block(rule, time.GetUtcNow());
    }

    internal void Leave(Caller caller, ContentWrite? write, int status)
    {
        lock (gate)
        {
            Of(caller).Leave();
            write?.Status = status;
        }
    }

    /// <summary>An answer that nothing has changed costs nothing of the primary limit.</summary>
    internal void Refund(Caller caller)
    {
        lock (gate)
            Of(caller).Refund();
    }

    internal RateHeaders Headers(Caller caller)
    {
        lock (gate)
            return Of(caller).Headers(Settings, time.GetUtcNow());
    }

    internal JsonObject ToJson() => new()
    {
        ["settings"] = JsonSerializer.SerializeToNode(Settings, Json),
        ["violations"] = ViolationsInAll(),
        ["callers"] = JsonSerializer.SerializeToNode(Read(), Json),
    };

    internal bool TryChange(string body, out string fault)
    {
        try
        {
            // What is not said stays as it is.
            var changed = JsonSerializer.SerializeToNode(Settings, Json)!.AsObject();
            foreach (var (name, value) in JsonNode.Parse(body)!.AsObject())
            {
                if (!changed.ContainsKey(name))
                    throw new JsonException($"There is no setting {name}.");
                changed[name] = value?.DeepClone();
            }

            Settings = changed.Deserialize<RateSettings>(Json)!;
            fault = "";
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            fault = broken.Message;
            return false;
        }
    }

    private Ledger Of(Caller caller) =>
        ledgers.TryGetValue(caller, out var ledger) ? ledger : ledgers[caller] = new Ledger(caller);
}

/// <summary>One request that was let in, until it is answered.</summary>
internal sealed class LimitTicket(LimitBook book, Caller caller, ContentWrite? write)
{
    public RateHeaders Headers() => book.Headers(caller);

    public void Refund() => book.Refund(caller);

    public void Leave(int status) => book.Leave(caller, write, status);
}
