using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Reactions: 201 when new, 200 when already there, which makes them an idempotent answer.</summary>
internal static class ReactionEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        const string issue = "/repos/{owner}/{repo}/issues/{number}/reactions";
        const string comment = "/repos/{owner}/{repo}/issues/comments/{id}/reactions";
        routes.Get(issue, Need.Read("issues"), c => List(c, c.Issue.Reactions));
        routes.Post(issue, Need.Write("issues", Role.Read), c => React(c, c.Issue.Reactions));
        routes.Get(comment, Need.Read("issues"), c => List(c, CommentEndpoints.Find(c).Reactions));
        routes.Post(comment, Need.Write("issues", Role.Read), c => React(c, CommentEndpoints.Find(c).Reactions));
    }

    private static Reply List(Call call, List<Reaction> reactions) =>
        call.Page([.. reactions.Where(r => call.Query("content") is not { } content || r.Content == content)], r => ReactionJson.Of(call.World, r));

    private static Reply React(Call call, List<Reaction> reactions)
    {
        var content = call.Text("content");
        if (content is null || !ReactionJson.Contents.Contains(content))
            throw ApiRefusal.Invalid("Reaction", "content", content is null ? "missing_field" : "invalid");
        if (reactions.Find(r => r.Content == content && r.User.Id == call.By.User.Id) is { } there)
            return Reply.Ok(ReactionJson.Of(call.World, there));
        var reaction = new Reaction(call.World.NextId(), content, call.By.User, call.World.Now);
        reactions.Add(reaction);
        return Reply.Created(ReactionJson.Of(call.World, reaction));
    }
}
