using System.Globalization;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

internal static class IssueEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        const string issues = "/repos/{owner}/{repo}/issues";
        routes.Post(issues, Need.Write("issues", Role.Read), Create);
        routes.Get(issues, Need.Read("issues"), List);
        routes.Get(issues + "/{number}", Need.Read("issues|pull_requests"), c => Reply.Ok(Render(c, c.Issue)));
        routes.Patch(issues + "/{number}", Need.Write("issues|pull_requests", Role.Read), c => Task.FromResult(Update(c)));
        routes.Get(issues + "/{number}/timeline", Need.Read("issues|pull_requests"), c => c.Page(
            c.Issue.Timeline, t => IssueJson.Timeline(c.World, c.Repository, t)));
    }

    private static System.Text.Json.Nodes.JsonObject Render(Call call, Issue issue) => IssueJson.Of(call.World, call.Repository, issue);

    private static Reply Create(Call call)
    {
        var title = Limits.Title("Issue", call.Text("title"));
        var body = Limits.Body("Issue", call.Text("body"));
        // Without the right to label, the labels are dropped in silence.
        var labels = Access.Has(call.Actor, call.Repository, Role.Triage) ? LabelEndpoints.Names(call) ?? [] : [];
        return Reply.Created(Render(call, call.Simulation.OpenIssue(call.Repository, call.By, title, body, labels)));
    }

    private static Reply List(Call call)
    {
        var state = call.Query("state") ?? "open";
        var labels = call.Query("labels")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var creator = call.Query("creator");
        var since = call.Query("since") is { } text
            ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw ApiRefusal.Invalid("Issue", "since", "invalid")
            : DateTimeOffset.MinValue;
        var found = call.Repository.Issues.Values.Where(i =>
            (state == "all" || i.State == state)
            && labels.All(name => i.Labels.Exists(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            && (creator is null || i.Author.User.Login.Equals(creator, StringComparison.OrdinalIgnoreCase))
            && i.UpdatedAt >= since);
        return call.Page([.. Sorted(call, found)], i => Render(call, i));
    }

    private static IOrderedEnumerable<Issue> Sorted(Call call, IEnumerable<Issue> issues)
    {
        Func<Issue, long> key = call.Query("sort") switch
        {
            "updated" => i => i.UpdatedAt.Ticks,
            "comments" => i => i.Comments.Count,
            _ => i => i.CreatedAt.Ticks,
        };
        return call.Query("direction") == "asc"
            ? issues.OrderBy(key).ThenBy(i => i.Number)
            : issues.OrderByDescending(key).ThenByDescending(i => i.Number);
    }

    private static Reply Update(Call call)
    {
        var (sim, repository, issue, by) = (call.Simulation, call.Repository, call.Issue, call.By);
        if (issue.Author.User.Id != by.User.Id && !Access.Has(call.Actor, repository, Role.Triage))
            throw new ApiRefusal(403, "Must have admin rights to Repository.");
        if (call.Text("state") is { } state && state is not ("open" or "closed"))
            throw ApiRefusal.Invalid("Issue", "state", "invalid");
        if (call.Text("state_reason") is { } reason && reason is not ("completed" or "not_planned" or "duplicate" or "reopened"))
            throw ApiRefusal.Invalid("Issue", "state_reason", "invalid");

        var title = call.Has("title") ? Limits.Title("Issue", call.Text("title")) : null;
        var body = call.Text("body");
        // GitHub answers 200 to a body that is too long and keeps the old one: whoever does not compare never learns.
        sim.EditIssue(repository, issue, title, (call.Has("body") && Limits.Fits(body), body), by);
        if (LabelEndpoints.Names(call) is { } labels && Access.Has(call.Actor, repository, Role.Triage))
            sim.SetLabels(repository, issue, labels, by);
        switch (call.Text("state"))
        {
            case "closed":
                sim.CloseIssue(repository, issue, call.Text("state_reason"), by);
                break;
            case "open" when issue.Pull is not { Merged: true }:
                sim.ReopenIssue(repository, issue, by);
                break;
        }

        return Reply.Ok(Render(call, issue));
    }
}
