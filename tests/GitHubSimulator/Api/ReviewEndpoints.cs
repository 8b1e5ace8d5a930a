using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Reviews: written whole or not at all, never by the author about himself.</summary>
internal static class ReviewEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        const string reviews = "/repos/{owner}/{repo}/pulls/{number}/reviews";
        routes.Post(reviews, Need.Write("pull_requests", Role.Read), CreateAsync);
        routes.Get(reviews, Need.Read("pull_requests"), c => c.Page([.. Visible(c)], r => Render(c, r)));
        routes.Get(reviews + "/{id}", Need.Read("pull_requests"), c => Reply.Ok(Render(c, Find(c))));
        routes.Get(reviews + "/{id}/comments", Need.Read("pull_requests"), CommentsOfReview);
        routes.Post(reviews + "/{id}/events", Need.Write("pull_requests", Role.Read), SubmitPending);
        routes.Put(reviews + "/{id}/dismissals", Need.Write("pull_requests", Role.Write), c => Task.FromResult(Dismiss(c)));
        routes.Get("/repos/{owner}/{repo}/pulls/{number}/comments", Need.Read("pull_requests"), c => c.Page(
            c.Pull.Comments, m => ReviewJson.Comment(c.World, c.Repository, c.Pull, m)));
    }

    private static JsonObject Render(Call call, Review review) => ReviewJson.Of(call.World, call.Repository, call.Pull, review);

    // Only its writer sees a review that was not submitted.
    private static IEnumerable<Review> Visible(Call call) =>
        call.Pull.Reviews.Where(r => r.State != "PENDING" || r.Author.User.Id == call.Actor.By?.User.Id);

    private static Review Find(Call call)
    {
        var id = call.Id();
        return Visible(call).FirstOrDefault(r => r.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static async Task<Reply> CreateAsync(Call call)
    {
        var (repository, pull) = (call.Repository, call.Pull);
        var body = Limits.Body("PullRequestReview", call.Text("body")) ?? "";
        var given = call.Array("comments") ?? [];
        var state = StateFor(call, call.Text("event"), body, given.Count);
        var commit = call.Text("commit_id") ?? pull.HeadSha;
        if (!pull.Heads.Contains(commit) && !(await repository.RangeOfAsync(pull)).Commits.Any(c => c.Sha == commit))
            throw ApiRefusal.Unprocessable("The commit_id is not part of the pull request");
        if (pull.Reviews.Exists(r => r.State == "PENDING" && r.Author.User.Id == call.By.User.Id))
            throw ApiRefusal.Unprocessable("User can only have one pending review per pull request");

        var review = new Review { Id = call.World.NextId(), Author = call.By, CommitId = commit, Body = body, State = "PENDING" };
        var comments = await ReviewLines.PlaceAsync(call, review, given);
        pull.Reviews.Add(review);
        pull.Comments.AddRange(comments);
        if (state is not null)
            call.Simulation.Submit(repository, pull, review, state, call.By);
        return Reply.Ok(Render(call, review));
    }

    private static string? StateFor(Call call, string? name, string body, int comments)
    {
        var own = call.Pull.Issue.Author.User.Id == call.By.User.Id;
        var bare = string.IsNullOrWhiteSpace(body);
        return name switch
        {
            null => null,
            "APPROVE" when own => throw ApiRefusal.Unprocessable("Can not approve your own pull request"),
            "REQUEST_CHANGES" when own => throw ApiRefusal.Unprocessable("Review Can not request changes on your own pull request"),
            "REQUEST_CHANGES" when bare => throw ApiRefusal.Unprocessable("Body can't be blank"),
            "COMMENT" when bare && comments == 0 => throw ApiRefusal.Unprocessable("Body can't be blank"),
            "APPROVE" => "APPROVED",
            "REQUEST_CHANGES" => "CHANGES_REQUESTED",
            "COMMENT" => "COMMENTED",
            _ => throw ApiRefusal.Unprocessable($"Variable $event of type PullRequestReviewEvent was provided invalid value '{name}'"),
        };
    }

    private static Reply CommentsOfReview(Call call)
    {
        var review = Find(call);
        return call.Page(
            [.. call.Pull.Comments.Where(c => c.Review == review)], c => ReviewJson.Comment(call.World, call.Repository, call.Pull, c));
    }

    private static Reply SubmitPending(Call call)
    {
        var review = Find(call);
        if (review.State != "PENDING" || review.Author.User.Id != call.By.User.Id)
            throw ApiRefusal.Unprocessable("Can not submit a review that is not pending");
        review.Body = call.Text("body") ?? review.Body;
        var comments = call.Pull.Comments.Count(c => c.Review == review);
        var state = StateFor(call, call.Text("event") ?? "", review.Body, comments);
        call.Simulation.Submit(call.Repository, call.Pull, review, state!, call.By);
        return Reply.Ok(Render(call, review));
    }

    private static Reply Dismiss(Call call)
    {
        var review = Find(call);
        var message = call.Text("message");
        if (string.IsNullOrWhiteSpace(message))
            throw ApiRefusal.Unprocessable("Message can't be blank");
        if (review.State is not ("APPROVED" or "CHANGES_REQUESTED"))
            throw ApiRefusal.Unprocessable("Can not dismiss a review that neither approves nor requests changes");
        call.Simulation.Dismiss(call.Repository, call.Pull, review, message, call.By);
        return Reply.Ok(Render(call, review));
    }
}
