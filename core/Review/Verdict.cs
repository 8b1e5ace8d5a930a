using System.Text.Json.Serialization;
using Muster.Core.Wire;

namespace Muster.Core.Review;

/// <summary>How far from its author a reviewer stood.</summary>
public enum Independence
{
    /// <summary>The same provider, or the same executable: the one who wrote would bless.</summary>
    None,

    /// <summary>Another provider, or another executable.</summary>
    Provider,
}

/// <summary>What came of a review, for one head. An absent verdict is never a pass.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(ChangesRequested), "changes-requested")]
[JsonDerivedType(typeof(Unreviewed), "unreviewed")]
public abstract record Verdict
{
    private Verdict()
    {
    }

    public required CommitSha Head { get; init; }

    /// <summary>Who judged: the provider's name or the executable's path; null where nobody did.</summary>
    public string? Reviewer { get; init; }

    public string Summary { get; init; } = "";

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The case in one word, as events and keys have it.</summary>
    [JsonIgnore]
    public string Word => this switch
    {
        Approved => "approved",
        ChangesRequested => "changes-requested",
        _ => "unreviewed",
    };

    public sealed record Approved : Verdict;

    public sealed record ChangesRequested : Verdict;

    /// <summary>Nobody independent judged it, or no answer could be read. <paramref name="Why"/> is one sentence.</summary>
    public sealed record Unreviewed(string Why) : Verdict;
}
