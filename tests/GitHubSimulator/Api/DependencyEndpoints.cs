using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Native dependencies and sub-issues; bodies name issues by database id, not by number.</summary>
internal static class DependencyEndpoints
{
    private const int MostParts = 100;

    public static void Map(ApiRoutes routes)
    {
        const string issue = "/repos/{owner}/{repo}/issues/{number}";
        routes.Get(issue + "/dependencies/blocked_by", Need.Read("issues"), c => Page(c, c.Issue.BlockedBy));
        routes.Get(issue + "/dependencies/blocking", Need.Read("issues"), c => Page(c, c.World.Blocking(c.Issue)));
        routes.Post(issue + "/dependencies/blocked_by", Need.Write("issues", Role.Triage), Block);
        routes.Delete(issue + "/dependencies/blocked_by/{id}", Need.Write("issues", Role.Triage), c => Task.FromResult(Unblock(c)));
        routes.Get(issue + "/sub_issues", Need.Read("issues"), c => Page(c, c.Issue.SubIssues));
        routes.Post(issue + "/sub_issues", Need.Write("issues", Role.Triage), AddPart);
        routes.Delete(issue + "/sub_issue", Need.Write("issues", Role.Triage), c => Task.FromResult(RemovePart(c)));
        routes.Get(issue + "/parent", Need.Read("issues"), c => c.World.ParentOf(c.Issue) is { } parent ? Reply.Ok(Render(c, parent)) : throw ApiRefusal.NotFound());
    }

    private static Tied Here(Call call) => new(call.Repository, call.Issue);

    private static JsonNode Render(Call call, Tied tied) => IssueJson.Of(call.World, tied.Repository, tied.Issue);

    private static Reply Page(Call call, IReadOnlyList<Tied> issues) =>
        call.Page([.. issues.Where(t => Access.Sees(call.Actor, t.Repository))], t => Render(call, t));

    private static Tied Named(Call call, string field)
    {
        if (call.Body[field] is not JsonValue value || !value.TryGetValue<long>(out var id))
            throw new ApiRefusal(422, $"Invalid request.\n\n\"{field}\" wasn't supplied.");
        return Visible(call, id);
    }

    private static Tied Visible(Call call, long id) =>
        call.World.IssueById(id) is { } found && Access.Sees(call.Actor, found.Repository) ? found : throw ApiRefusal.NotFound();

    private static Reply Block(Call call)
    {
        var (here, by) = (Here(call), Named(call, "issue_id"));
        if (here.Issue == by.Issue)
            throw new ApiRefusal(422, "An issue cannot be blocked by itself");
        if (here.Issue.BlockedBy.Contains(by))
            throw new ApiRefusal(422, "The dependency already exists");
        call.Simulation.Block(here, by, call.By);
        return Reply.Created(Render(call, here));
    }

    private static Reply Unblock(Call call)
    {
        var (here, by) = (Here(call), Visible(call, call.Id()));
        if (!here.Issue.BlockedBy.Contains(by))
            throw ApiRefusal.NotFound();
        call.Simulation.Unblock(here, by, call.By);
        return Reply.Ok(Render(call, here));
    }

    private static Reply AddPart(Call call)
    {
        var (here, part) = (Here(call), Named(call, "sub_issue_id"));
        if (here.Issue == part.Issue || here.Issue.SubIssues.Contains(part))
            throw new ApiRefusal(422, "Sub-issue must be another issue that is not a sub-issue yet");
        if (here.Issue.SubIssues.Count == MostParts)
            throw new ApiRefusal(422, $"Parent cannot have more than {MostParts} sub-issues");
        if (call.World.ParentOf(part.Issue) is { } parent)
        {
            if (call.Flag("replace_parent") != true)
                throw new ApiRefusal(422, "Sub issue may only have one parent");
            call.Simulation.RemovePart(parent, part, call.By);
        }

        call.Simulation.AddPart(here, part, call.By);
        return Reply.Created(Render(call, here));
    }

    private static Reply RemovePart(Call call)
    {
        var (here, part) = (Here(call), Named(call, "sub_issue_id"));
        if (!here.Issue.SubIssues.Contains(part))
            throw ApiRefusal.NotFound();
        call.Simulation.RemovePart(here, part, call.By);
        return Reply.Ok(Render(call, here));
    }
}
