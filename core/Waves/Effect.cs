using System.Text.Json.Serialization;
using Muster.Core.Review;

namespace Muster.Core.Waves;

/// <summary>
/// An act outside, as a row before it is done. Every kind has a natural key, a probe (is it already there?) and an
/// apply; the key says when two wishes are one.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OpenPull), "open-pull")]
[JsonDerivedType(typeof(PostReview), "post-review")]
[JsonDerivedType(typeof(PutCheck), "put-check")]
[JsonDerivedType(typeof(MarkReady), "mark-ready")]
[JsonDerivedType(typeof(SayOnce), "say-once")]
[JsonDerivedType(typeof(PutStatus), "put-status")]
[JsonDerivedType(typeof(ChangeLabels), "change-labels")]
[JsonDerivedType(typeof(React), "react")]
[JsonDerivedType(typeof(FileRetro), "file-retro")]
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Unique in the outbox: a second wish with the same key changes nothing, or renews the first where it says so.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>Opens the pull request of an item: one for each head branch.</summary>
    public sealed record OpenPull(ItemId Item, IssueNumber Issue, string Branch, CommitSha Head) : Effect
    {
        public override string Key => $"pull:{Item}";
    }

    /// <summary>One batched review, pinned to the head it judges.</summary>
    public sealed record PostReview(ItemId Item, PullNumber Pull, CommitSha Head, Verdict Verdict) : Effect
    {
        public override string Key => $"review:{Item}:{Head}:{Verdict.Word}";
    }

    public sealed record PutCheck(ItemId Item, CommitSha Head, Verdict Verdict) : Effect
    {
        public override string Key => $"check:{Item}:{Head}:{Verdict.Word}";
    }

    /// <summary>Takes the draft mark off.</summary>
    public sealed record MarkReady(ItemId Item, PullNumber Pull, CommitSha Head) : Effect
    {
        public override string Key => $"ready:{Item}:{Head}";
    }

    /// <summary>A comment that is made once.</summary>
    /// <param name="About">Says which comment this is: its key, with the issue.</param>
    public sealed record SayOnce(IssueNumber Issue, string About, string Body) : Effect
    {
        /// <summary>How <see cref="About"/> begins where somebody without the right is told so.</summary>
        public const string Refusal = "refusal:";

        public override string Key => $"say:{Issue}:{About}";
    }

    /// <summary>The one status comment of a wave, edited in place; its text is written when it is sent.</summary>
    public sealed record PutStatus(WaveId Wave) : Effect
    {
        public override string Key => $"status:{Wave}";
    }

    public sealed record ChangeLabels(IssueNumber Issue, string About, IReadOnlyList<string> Add, IReadOnlyList<string> Remove) : Effect
    {
        public override string Key => $"labels:{Issue}:{About}";
    }

    /// <summary>Eyes on an issue, or on one comment of it: heard.</summary>
    public sealed record React(IssueNumber Issue, long? Comment) : Effect
    {
        public override string Key => $"eyes:{Issue}:{Comment}";
    }

    /// <summary>The retro issue of a wave; filed once, edited after that.</summary>
    public sealed record FileRetro(WaveId Wave) : Effect
    {
        public override string Key => $"retro:{Wave}";
    }
}
