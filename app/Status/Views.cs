using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Status;

/// <summary>An item as <c>/api/items</c> shows it.</summary>
internal sealed record ItemView(
    ItemId Id,
    WaveId Wave,
    IssueNumber Issue,
    int Generation,
    string Title,
    ItemState State,
    string? Placement,
    IReadOnlyList<IssueNumber> WaitsOn,
    string? Reason,
    string? Outcome,
    string? Attention,
    string Branch,
    PullNumber? Pull,
    CommitSha? Base,
    CommitSha? Head,
    int Round,
    int Attempt)
{
    public static ItemView Of(Item item) => new(
        item.Id,
        item.Wave,
        item.Issue,
        item.Generation,
        item.Snapshot.Title,
        item.State,
        item.FirstPlacement,
        item.WaitsOn,
        item.Reason,
        item.Outcome,
        item.Attention,
        item.Branch,
        item.Pull,
        item.Base,
        item.Head,
        item.Round,
        item.Attempt);
}

/// <summary>A job as <c>/api/jobs</c> shows it.</summary>
internal sealed record JobView(
    JobId Id,
    JobKind Kind,
    string? Repository,
    IssueNumber Issue,
    JobState State,
    Epoch Epoch,
    int Round,
    int Attempt,
    string? Runner,
    string? Agent,
    DateTimeOffset? LeaseEnds)
{
    public static JobView Of(Job job, string? repository) => new(
        job.Id,
        job.Wanted.Kind,
        repository,
        job.Issue,
        job.State,
        job.Epoch,
        job.Wanted.Round,
        job.Wanted.Attempt,
        job.Runner,
        job.Agent,
        job.LeaseEnds);
}
