using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>What ties issues together: one blocks another, one is part of another, a pull request closes one.</summary>
internal static class Ties
{
    public static IReadOnlyList<Tied> Blocking(this World world, Issue issue) =>
        [.. All(world).Where(t => t.Issue.BlockedBy.Exists(b => b.Issue == issue))];

    public static Tied? ParentOf(this World world, Issue issue) =>
        All(world).Where(t => t.Issue.SubIssues.Exists(s => s.Issue == issue)).Select(t => (Tied?)t).FirstOrDefault();

    /// <summary>The issue of this database id; pull requests can be tied to nothing.</summary>
    public static Tied? IssueById(this World world, long id) =>
        All(world).Where(t => t.Issue.Id == id && t.Issue.Pull is null).Select(t => (Tied?)t).FirstOrDefault();

    /// <summary>The issues a pull request closes, by hand or by keywords: those count only towards the default branch.</summary>
    public static IEnumerable<Issue> Closes(this Pull pull, Repository repository) =>
        pull.LinkedByHand.Union(pull.BaseBranch == repository.DefaultBranch ? References.Closes(repository, pull.Issue.Body) : []);

    public static void Block(this Simulation sim, Tied blocked, Tied by, By person)
    {
        blocked.Issue.BlockedBy.Add(by);
        sim.Say("blocked_by_added", blocked, by, person);
    }

    public static void Unblock(this Simulation sim, Tied blocked, Tied by, By person)
    {
        blocked.Issue.BlockedBy.Remove(by);
        sim.Say("blocked_by_removed", blocked, by, person);
    }

    public static void AddPart(this Simulation sim, Tied whole, Tied part, By person)
    {
        whole.Issue.SubIssues.Add(part);
        sim.SayPart("sub_issue_added", whole, part, person);
    }

    public static void RemovePart(this Simulation sim, Tied whole, Tied part, By person)
    {
        whole.Issue.SubIssues.Remove(part);
        sim.SayPart("sub_issue_removed", whole, part, person);
    }

    private static IEnumerable<Tied> All(World world) => world.Repositories.SelectMany(r => r.Issues.Values.Select(i => new Tied(r, i)));

    // Each tie is told twice, once from either end, and each end may be in a repository of its own.
    private static void Say(this Simulation sim, string action, Tied blocked, Tied by, By person)
    {
        sim.Announce.Say(blocked.Repository, "issue_dependencies", action, person, p =>
        {
            Ends(p);
            p["blocking_issue_repo"] = RepositoryJson.Of(sim.World, by.Repository);
        });
        sim.Announce.Say(by.Repository, "issue_dependencies", action.Replace("blocked_by", "blocking", StringComparison.Ordinal), person, p =>
        {
            Ends(p);
            p["blocked_issue_repo"] = RepositoryJson.Of(sim.World, blocked.Repository);
        });

        void Ends(JsonObject payload)
        {
            payload["blocked_issue_id"] = blocked.Issue.Id;
            payload["blocked_issue"] = Json(sim, blocked);
            payload["blocking_issue_id"] = by.Issue.Id;
            payload["blocking_issue"] = Json(sim, by);
        }
    }

    private static void SayPart(this Simulation sim, string action, Tied whole, Tied part, By person)
    {
        sim.Announce.Say(whole.Repository, "sub_issues", action, person, p =>
        {
            Ends(p);
            p["sub_issue_repo"] = RepositoryJson.Of(sim.World, part.Repository);
        });
        sim.Announce.Say(part.Repository, "sub_issues", action.Replace("sub_issue", "parent_issue", StringComparison.Ordinal), person, p =>
        {
            Ends(p);
            p["parent_issue_repo"] = RepositoryJson.Of(sim.World, whole.Repository);
        });

        void Ends(JsonObject payload)
        {
            payload["parent_issue_id"] = whole.Issue.Id;
            payload["parent_issue"] = Json(sim, whole);
            payload["sub_issue_id"] = part.Issue.Id;
            payload["sub_issue"] = Json(sim, part);
        }
    }

    private static JsonObject Json(Simulation sim, Tied tied) => IssueJson.Of(sim.World, tied.Repository, tied.Issue);
}
