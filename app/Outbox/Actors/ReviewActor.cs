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
        var self = await judge.ThenAsync(identity => identities.SelfAsync(identity, cancellationToken));
        var listed = await self.ThenAsync(async me => (await reviews.ListAsync(act.Target, act.Effect.Pull, cancellationToken)).Select(all => (me, all)));
        return Seen.Of(listed, found => found.all
            .FirstOrDefault(r => markers.IsOurs(act.Repository.RepoId, act.Key, r.Body, r.User, found.me.BotLogin)) is { } review
            ? ReceiptOf(review, act.Effect)
            : null);
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

        return Acted.Of(posted, review => ReceiptOf(review, act.Effect));
    }

    private Task<Answer<Review>> PostAsync(Act<Effect.PostReview> act, GitHubIdentity identity, string word, List<Finding> remarks, CancellationToken cancellationToken)
    {
        var verdict = act.Effect.Verdict;
        var body = VerdictWords.Review(verdict, [.. verdict.Findings.Except(remarks)]);
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
