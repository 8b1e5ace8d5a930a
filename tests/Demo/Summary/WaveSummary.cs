using System.Text.Encodings.Web;
using System.Text.Json;
using Muster.Core.Recorder;
using Muster.Demo.Stories;

namespace Muster.Demo.Summary;

/// <summary>The demo's one JSON document: a fold over recorded events, nothing else.</summary>
public sealed record WaveSummary(long Wave, IReadOnlyList<ItemSummary> Items, int? Retro, EffectCounts Effects, double Seconds)
{
    // Every member is always there: a reader need not know what may be missing.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static WaveSummary Of(Ending ending) => new(
        ending.Wave.Wave.Value,
        [.. ending.Wave.Items.Values.Select(ItemSummary.Of)],
        ending.Wave.Retro,
        EffectCounts.Of(ending.Wave),
        Math.Round(ending.Took.TotalSeconds, 1));

    public string ToJson() => JsonSerializer.Serialize(this, Readable);
}

public sealed record ItemSummary(
    int Issue,
    string? Placement,
    IReadOnlyList<int> WaitsOn,
    string? State,
    string? Outcome,
    int? Pull,
    int Attempts,
    int Rounds,
    IReadOnlyList<GateSummary> Gates,
    IReadOnlyList<ReviewSummary> Reviews,
    DateTimeOffset? AgentStarted,
    DateTimeOffset? AgentEnded)
{
    public static ItemSummary Of(ItemStory item) => new(
        item.Issue.Value,
        item.Placement,
        [.. item.WaitsOn.Select(w => w.Value)],
        item.State,
        item.Outcome,
        item.Pull,
        item.Attempts,
        item.Rounds,
        [.. item.Gates.Select(g => new GateSummary(g.Rule, g.File, g.Line))],
        [.. item.Reviews.Select(r => new ReviewSummary(r.State, r.Commit?.Value, r.Author))],
        item.AgentStarted,
        item.AgentEnded);
}

public sealed record GateSummary(string Rule, string? File, int? Line);

public sealed record ReviewSummary(string? State, string? Commit, string? Author);
