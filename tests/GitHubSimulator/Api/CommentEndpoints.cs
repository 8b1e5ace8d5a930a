using System.Globalization;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Comments on issues and pull requests.</summary>
internal static class CommentEndpoints
{
    private const string Permissions = "issues|pull_requests";

    public static void Map(ApiRoutes routes)
    {
        const string issue = "/repos/{owner}/{repo}/issues/{number}/comments";
        const string all = "/repos/{owner}/{repo}/issues/comments";
        routes.Get(issue, Need.Read(Permissions), c => c.Page([.. Since(c, c.Issue.Comments)], m => Render(c, m)));
        routes.Post(issue, Need.Write(Permissions, Role.Read), Create);
        routes.Get(all, Need.Read(Permissions), ListAll);
        routes.Get(all + "/{id}", Need.Read(Permissions), c => Reply.Ok(Render(c, Find(c))));
        routes.Patch(all + "/{id}", Need.Write(Permissions, Role.Read), c => Task.FromResult(Edit(c)));
        routes.Delete(all + "/{id}", Need.Write(Permissions, Role.Read), c => Task.FromResult(Delete(c)));
    }

    public static Comment Find(Call call)
    {
        var id = call.Id();
        return call.Repository.Issues.Values.SelectMany(i => i.Comments).FirstOrDefault(c => c.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static JsonObject Render(Call call, Comment comment) => IssueJson.Comment(call.World, call.Repository, comment);

    private static IEnumerable<Comment> Since(Call call, IEnumerable<Comment> comments) =>
        call.Query("since") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? comments.Where(c => c.UpdatedAt >= at)
            : comments;

    private static Reply ListAll(Call call)
    {
        var found = Since(call, call.Repository.Issues.Values.SelectMany(i => i.Comments));
        found = call.Query("sort") == "updated" ? found.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id) : found.OrderBy(c => c.Id);
        // Newest first is the default only once a sort was asked for, as on GitHub.
        var descending = call.Query("sort") is not null && call.Query("direction") != "asc";
        return call.Page([.. descending ? found.Reverse() : found], m => Render(call, m));
    }

    private static Reply Create(Call call)
    {
        var issue = call.Issue;
        return Reply.Created(Render(call, call.Simulation.AddComment(call.Repository, issue, Body(call), call.By)));
    }

    private static Reply Edit(Call call)
    {
        var comment = OwnOrWritable(call);
        call.Simulation.EditComment(call.Repository, comment, Body(call), call.By);
        return Reply.Ok(Render(call, comment));
    }

    private static Reply Delete(Call call)
    {
        call.Simulation.DeleteComment(call.Repository, OwnOrWritable(call), call.By);
        return Reply.NoContent;
    }

    private static Comment OwnOrWritable(Call call)
    {
        var comment = Find(call);
        return comment.Author.User.Id == call.By.User.Id || Access.Has(call.Actor, call.Repository, Role.Write)
            ? comment
            : throw new ApiRefusal(403, "Must have admin rights to Repository.");
    }

    private static string Body(Call call)
    {
        var body = call.Text("body");
        return string.IsNullOrWhiteSpace(body)
            ? throw ApiRefusal.Invalid("IssueComment", "body", "missing_field")
            : Limits.Body("IssueComment", body)!;
    }
}
