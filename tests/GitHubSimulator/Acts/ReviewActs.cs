using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>Reviews of a pull request.</summary>
internal static class ReviewActs
{
    public static void Submit(this Simulation sim, Repository repository, Pull pull, Review review, string state, By by)
    {
        review.State = state;
        review.SubmittedAt = sim.World.Now;
        pull.Issue.UpdatedAt = sim.World.Now;
        sim.Note(pull.Issue, "reviewed", by, () => ReviewJson.Announced(sim.World, repository, pull, review), review.Id);
        sim.AnnounceReview(repository, pull, review, "submitted", by);
    }

    public static void Dismiss(this Simulation sim, Repository repository, Pull pull, Review review, string message, By by)
    {
        var state = review.State;
        review.State = "DISMISSED";
        pull.Issue.UpdatedAt = sim.World.Now;
        sim.Note(pull.Issue, "review_dismissed", by, () => new JsonObject
        {
            ["dismissed_review"] = new JsonObject
            {
                ["state"] = state == "APPROVED" ? "approved" : "changes_requested",
                ["review_id"] = review.Id,
                ["dismissal_message"] = message,
            },
        });
        sim.AnnounceReview(repository, pull, review, "dismissed", by);
    }

    private static void AnnounceReview(this Simulation sim, Repository repository, Pull pull, Review review, string action, By by) =>
        sim.Announce.Say(repository, "pull_request_review", action, by, payload =>
        {
            payload["review"] = ReviewJson.Announced(sim.World, repository, pull, review);
            payload["pull_request"] = PullJson.Of(sim.World, repository, pull);
        });
}
