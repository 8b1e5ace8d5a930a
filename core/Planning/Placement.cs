using System.Text.Json.Serialization;
using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>Where the plan puts one issue, and why.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Runs), "runs")]
[JsonDerivedType(typeof(Waits), "waits")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Bundled), "bundled")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record Placement
{
    private Placement()
    {
    }

    /// <summary>Starts now.</summary>
    /// <param name="Notes">What a person should know all the same, each a sentence.</param>
    /// <param name="Earlier">Pull requests of others that were closed unmerged: the brief links them.</param>
    public sealed record Runs(IReadOnlyList<string> Notes, IReadOnlyList<ExistingWork> Earlier) : Placement
    {
        public Runs() : this([], [])
        {
        }
    }

    /// <summary>Starts when everything in <paramref name="On"/> has ended; never empty.</summary>
    public sealed record Waits(IReadOnlyList<WaitsFor> On) : Placement;

    /// <summary>Somebody else is on it, or it is done: nothing starts.</summary>
    public sealed record Taken(PullNumber Pull, bool Merged, string Url, string Sentence) : Placement;

    /// <summary>Done by the lead's job, in the lead's pull request.</summary>
    public sealed record Bundled(IssueNumber Lead) : Placement;

    /// <summary>Cannot run as written.</summary>
    public sealed record Refused(string Sentence, IReadOnlyList<LintProblem> Problems) : Placement;

    /// <summary>The case in one word, as the JSON of plan and demo has it.</summary>
    [JsonIgnore]
    public string Word => this switch
    {
        Runs => "runs",
        Waits => "waits",
        Taken => "taken",
        Bundled => "bundled",
        _ => "refused",
    };
}
