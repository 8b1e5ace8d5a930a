using Muster.App.GitHub;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Outbox.Actors;

/// <summary>Posts a verdict where it lasts: one batched review, pinned to the head it judges.</summary>
internal sealed class ReviewActor(ReviewsApi reviews, PullsApi pulls, Identities identities, Markers markers) : EffectActor<Effect.PostReview>
{
    protected override async Task<Seen> ProbeAsync(Act<Effect.PostReview> act, CancellationToken cancellationToken)
    {
        var judge = await identities.JudgeAsync(act.Target, cancellationToken);
        var mine = await judge.ThenAsync(identity => MineAsync(act, identity, cancellationToken));
        return Seen.Of(mine, all => all.Find(r => IsThis(act, r)) is { } review ? ReceiptOf(review, act.Effect) : null);
    }

    /// <summary>A review that was submitted cannot be deleted; of two alike that count, the older one is taken back.</summary>
    protected override async Task<bool> TidyAsync(Act<Effect.PostReview> act, CancellationToken cancellationToken)
    {
        var judge = await identities.JudgeAsync(act.Target, cancellationToken);
        var mine = await judge.ThenAsync(async identity => (await MineAsync(act, identity, cancellationToken)).Select(all => (identity, all)));
        return mine is Answer<(GitHubIdentity Identity, List<Review> All)>.Ok { Value: var found }
            && await DismissAsync(act, found.Identity, found.All.Where(r => IsThis(act, r)).SkipLast(1), "Posted twice by mistake; the newer one stands.", cancellationToken);
    }

    private bool IsThis(Act<Effect.PostReview> act, Review review) => review.Body?.Contains(markers.Of(act.Repository.RepoId, act.Key), StringComparison.Ordinal) == true;

    /// <summary>All reviews of the pull request by this App, oldest first.</summary>
    private async Task<Answer<List<Review>>> MineAsync(Act<Effect.PostReview> act, GitHubIdentity identity, CancellationToken cancellationToken)
    {
        var self = await identities.SelfAsync(identity, act.Target, cancellationToken);
        return await self.ThenAsync(async me => (await reviews.ListAsync(act.Target, act.Effect.Pull, cancellationToken)).Select(all => all.Where(r => me.Is(r.User)).ToList()));
    }

    private async Task<bool> DismissAsync(Act<Effect.PostReview> act, GitHubIdentity identity, IEnumerable<Review> old, string why, CancellationToken cancellationToken)
    {
        var done = true;
        foreach (var review in old.Where(r => r.State?.ToUpperInvariant() is "APPROVED" or "CHANGES_REQUESTED"))
        {
            done &= await reviews.DismissAsync(identity, act.Target, act.Effect.Pull, review.Id, why, cancellationToken) is not Answer<Review>.Unknown;
        }

        return done;
    }

    protected override async Task<Acted> ApplyAsync(Act<Effect.PostReview> act, CancellationToken cancellationToken)
    {
        var verdict = act.Effect.Verdict;
        var judge = await identities.JudgeAsync(act.Target, cancellationToken);
        var head = await judge.ThenAsync(async identity => (await pulls.GetAsync(act.Target, act.Effect.Pull, cancellationToken)).Select(p => (identity, p.Head?.Sha)));
        if (head is not Answer<(GitHubIdentity Identity, string? Sha)>.Ok { Value: var now })
        {
            return Acted.Of(head, _ => new Receipt());
        }

        if (verdict is Verdict.Approved && now.Sha != verdict.Head.Value)
        {
            return new Acted.Refused("The pull request has moved on since this commit was approved.");
        }

        var word = (verdict, now.Identity) switch
        {
            (Verdict.Approved, GitHubIdentity.Reviewer) => "APPROVE",
            (Verdict.ChangesRequested, GitHubIdentity.Reviewer) => "REQUEST_CHANGES",
            _ => "COMMENT",
        };
        var remarks = verdict.Findings.Where(f => f is { File: not null, Line: > 0 } && f.Confidence >= VerdictWords.Folded).ToList();
        var posted = await PostAsync(act, now.Identity, word, remarks, cancellationToken);

        // One remark on a line that GitHub does not show rejects the whole review: then all of them stand in its body.
        if (posted is Answer<Review>.Refused { Status: 422 } && remarks.Count > 0)
        {
            posted = await PostAsync(act, now.Identity, word, [], cancellationToken);
        }

        // Whatever GitHub has against this App's blessing, the verdict itself must not get lost: the check carries it too.
        if (posted is Answer<Review>.Refused { Status: 422 } && word != "COMMENT")
        {
            (word, posted) = ("COMMENT", await PostAsync(act, now.Identity, "COMMENT", [], cancellationToken));
        }

        if (posted is Answer<Review>.Ok { Value: var made } && word == "COMMENT"
            && await MineAsync(act, now.Identity, cancellationToken) is Answer<List<Review>>.Ok { Value: var mine })
        {
            // A comment lifts nothing: an older request for changes would stand in the way for ever.
            await DismissAsync(act, now.Identity, mine.Where(r => r.Id != made.Id && r.CommitId != verdict.Head.Value), VerdictWords.Outdated, cancellationToken);
        }

        return Acted.Of(posted, review => ReceiptOf(review, act.Effect));
    }

    private Task<Answer<Review>> PostAsync(Act<Effect.PostReview> act, GitHubIdentity identity, string word, List<Finding> remarks, CancellationToken cancellationToken)
    {
        var verdict = act.Effect.Verdict;
        var body = VerdictWords.Review(verdict, [.. verdict.Findings.Except(remarks)]);
        if (identity == GitHubIdentity.Author && identities.HasReviewer)
        {
            body += $"\n\n{VerdictWords.ReviewerAway}";
        }

        var review = new NewReview(
            verdict.Head.Value,
            markers.Sign(act.Repository.RepoId, act.Key, body),
            word,
            [.. remarks.Select(f => new NewReviewComment(f.File!, f.Line!.Value, VerdictWords.Finding(f)))]);
        return reviews.CreateAsync(identity, act.Target, act.Effect.Pull, review, cancellationToken);
    }

    private static Receipt ReceiptOf(Review review, Effect.PostReview effect) =>
        new(review.Id, review.State?.ToUpperInvariant(), effect.Head, review.User?.Login);
}
