using System.Net.Http.Json;
using Muster.App.GitHub;
using Muster.Core;
using static Muster.App.GitHub.GitHubIdentity;

namespace Muster.App.Tests.Contract;

/// <summary>One call that GitHub answers well, and one that it refuses.</summary>
/// <param name="Operation">What GitHub calls it.</param>
internal sealed record Call(string Operation, Func<Workbench, Task> Well, Func<Workbench, Task> Badly);

/// <summary>The ledger: how each method of the client is called.</summary>
internal static class Calls
{
    private static readonly CheckOutput Output = new("Passed", "All well.");

    public static IReadOnlyDictionary<string, Call> All { get; } = new Dictionary<string, Call>
    {
        ["AppsApi.SelfAsync"] = new(
            "apps/get-authenticated",
            b => b.Get<AppsApi>().SelfAsync(Author, default),
            LimitedAsync("/app", b => b.Get<AppsApi>().SelfAsync(Author, default))),
        ["AppsApi.DeliveriesAsync"] = new(
            "apps/list-webhook-deliveries",
            b => b.Get<AppsApi>().DeliveriesAsync(Author, DateTimeOffset.UnixEpoch, default),
            LimitedAsync("/app/hook/deliveries", b => b.Get<AppsApi>().DeliveriesAsync(Author, DateTimeOffset.UnixEpoch, default))),
        ["AppsApi.RedeliverAsync"] = new(
            "apps/redeliver-webhook-delivery",
            async b => await b.Get<AppsApi>().RedeliverAsync(Author, await DeliveryAsync(b), default),
            b => b.Get<AppsApi>().RedeliverAsync(Author, 404, default)),
        ["AppsApi.InstallationsAsync"] = new(
            "apps/list-installations",
            b => b.Get<AppsApi>().InstallationsAsync(Author, default),
            LimitedAsync("/app/installations", b => b.Get<AppsApi>().InstallationsAsync(Author, default))),
        ["AppsApi.RepositoriesAsync"] = new(
            "apps/list-repos-accessible-to-installation",
            async b => await b.Get<AppsApi>().RepositoriesAsync(Author, await InstallationAsync(b), default),
            LimitedAsync("/installation/repositories", async b => await b.Get<AppsApi>().RepositoriesAsync(Author, await InstallationAsync(b), default))),
        ["ChecksApi.CreateAsync"] = new(
            "checks/create",
            b => b.Get<ChecksApi>().CreateAsync(Reviewer, b.Repo, Check(b.Head), default),
            b => b.Get<ChecksApi>().CreateAsync(Reviewer, b.Repo, Check(b.NoCommit), default)),
        ["ChecksApi.ListAsync"] = new(
            "checks/list-for-ref",
            b => b.Get<ChecksApi>().ListAsync(Reviewer, b.Repo, b.Head, "muster/verdict", default),
            LimitedAsync("/repos/*/*/commits/**", b => b.Get<ChecksApi>().ListAsync(Reviewer, b.Repo, b.Head, "muster/verdict", default))),
        ["CommentsApi.ListAsync"] = new(
            "issues/list-comments",
            b => b.Get<CommentsApi>().ListAsync(b.Repo, b.Issue, DateTimeOffset.UnixEpoch, default),
            b => b.Get<CommentsApi>().ListAsync(b.Repo, b.NoIssue, null, default)),
        ["CommentsApi.CreateAsync"] = new(
            "issues/create-comment",
            b => b.Get<CommentsApi>().CreateAsync(b.Repo, b.Issue, "Hello", default),
            b => b.Get<CommentsApi>().CreateAsync(b.Repo, b.NoIssue, "Hello", default)),
        ["CommentsApi.EditAsync"] = new(
            "issues/update-comment",
            b => b.Get<CommentsApi>().EditAsync(b.Repo, b.Comment, "Hello", default),
            b => b.Get<CommentsApi>().EditAsync(b.Repo, 404, "Hello", default)),
        ["CommentsApi.DeleteAsync"] = new(
            "issues/delete-comment",
            b => b.Get<CommentsApi>().DeleteAsync(b.Repo, b.Comment, default),
            b => b.Get<CommentsApi>().DeleteAsync(b.Repo, 404, default)),
        ["GraphQl.TiesAsync"] = new(
            "graphql",
            b => b.Get<GraphQl>().TiesAsync(b.Repo, [b.Issue, b.NoIssue], default),
            LimitedAsync("/graphql", b => b.Get<GraphQl>().TiesAsync(b.Repo, [b.Issue], default))),
        ["GraphQl.MarkReadyAsync"] = new(
            "graphql",
            async b => await b.Get<GraphQl>().MarkReadyAsync(b.Repo, (await b.PullAsync()).NodeId!, default),
            LimitedAsync("/graphql", b => b.Get<GraphQl>().MarkReadyAsync(b.Repo, "PR_none", default))),
        ["InstallationTokens.GetAsync"] = new(
            "apps/create-installation-access-token",
            b => b.Get<InstallationTokens>().GetAsync(Author, b.Repo, Act.Fetch, default),
            LimitedAsync("/app/installations/*/access_tokens", b => b.Get<InstallationTokens>().GetAsync(Author, b.Repo, Act.Fetch, default))),
        ["InstallationTokens.MintAsync"] = new(
            "apps/create-installation-access-token",
            b => b.Get<InstallationTokens>().MintAsync(Author, b.Repo, Act.Push, default),
            LimitedAsync("/app/installations/*/access_tokens", b => b.Get<InstallationTokens>().MintAsync(Author, b.Repo, Act.Push, default))),
        ["InstallationTokens.MintListAsync"] = new(
            "apps/create-installation-access-token",
            async b => await b.Get<InstallationTokens>().MintListAsync(Author, await InstallationAsync(b), default),
            b => b.Get<InstallationTokens>().MintListAsync(Author, 404, default)),
        ["InstallationTokens.RevokeAsync"] = new(
            "apps/revoke-installation-access-token",
            RevokeAsync, async b => await b.Get<InstallationTokens>().RevokeAsync(await RevokeAsync(b), default)),
        ["Installations.FindAsync"] = new(
            "apps/get-repo-installation",
            b => b.Get<Installations>().FindAsync(Author, b.Repo, default),
            b => b.Get<Installations>().FindAsync(Author, b.Elsewhere, default)),
        ["IssuesApi.GetAsync"] = new(
            "issues/get",
            b => b.Get<IssuesApi>().GetAsync(b.Repo, b.Issue, default),
            b => b.Get<IssuesApi>().GetAsync(b.Repo, b.NoIssue, default)),
        ["IssuesApi.OpenAsync"] = new(
            "issues/list-for-repo",
            b => b.Get<IssuesApi>().OpenAsync(b.Repo, default),
            LimitedAsync("/repos/*/*/issues", b => b.Get<IssuesApi>().OpenAsync(b.Repo, default))),
        ["IssuesApi.ByLabelAsync"] = new(
            "issues/list-for-repo",
            b => b.Get<IssuesApi>().ByLabelAsync(b.Repo, "agent:go", "muster[bot]", default),
            LimitedAsync("/repos/*/*/issues", b => b.Get<IssuesApi>().ByLabelAsync(b.Repo, "agent:go", null, default))),
        ["IssuesApi.CreateAsync"] = new(
            "issues/create",
            b => b.Get<IssuesApi>().CreateAsync(b.Repo, new NewIssue("A retro", "Numbers.", ["agent:retro"]), default),
            b => b.Get<IssuesApi>().CreateAsync(b.Repo, new NewIssue("", "Numbers.", []), default)),
        ["IssuesApi.EditAsync"] = new(
            "issues/update",
            b => b.Get<IssuesApi>().EditAsync(b.Repo, b.Issue, new IssueEdit(Body: "New"), default),
            b => b.Get<IssuesApi>().EditAsync(b.Repo, b.NoIssue, new IssueEdit(State: "closed"), default)),
        ["IssuesApi.TimelineAsync"] = new(
            "issues/list-events-for-timeline",
            b => b.Get<IssuesApi>().TimelineAsync(b.Repo, b.Issue, default),
            b => b.Get<IssuesApi>().TimelineAsync(b.Repo, b.NoIssue, default)),
        ["IssuesApi.BlockedByAsync"] = new(
            "issues/list-dependencies-blocked-by",
            b => b.Get<IssuesApi>().BlockedByAsync(b.Repo, b.Issue, default),
            b => b.Get<IssuesApi>().BlockedByAsync(b.Repo, b.NoIssue, default)),
        ["IssuesApi.LabelsAsync"] = new(
            "issues/list-labels-on-issue",
            b => b.Get<IssuesApi>().LabelsAsync(b.Repo, b.Issue, default),
            b => b.Get<IssuesApi>().LabelsAsync(b.Repo, b.NoIssue, default)),
        ["IssuesApi.AddLabelsAsync"] = new(
            "issues/add-labels",
            b => b.Get<IssuesApi>().AddLabelsAsync(b.Repo, b.Issue, ["agent:queued"], default),
            b => b.Get<IssuesApi>().AddLabelsAsync(b.Repo, b.NoIssue, ["agent:queued"], default)),
        ["IssuesApi.RemoveLabelAsync"] = new(
            "issues/remove-label",
            b => b.Get<IssuesApi>().RemoveLabelAsync(b.Repo, b.Issue, "agent:go", default),
            b => b.Get<IssuesApi>().RemoveLabelAsync(b.Repo, b.Issue, "not on", default)),
        ["IssuesApi.ReactAsync"] = new(
            "reactions/create-for-issue-comment",
            ReactAsync, b => b.Get<IssuesApi>().ReactAsync(b.Repo, b.Issue, 404, "eyes", default)),
        ["PullsApi.GetAsync"] = new(
            "pulls/get",
            async b => await b.Get<PullsApi>().GetAsync(b.Repo, new PullNumber((await b.PullAsync()).Number), default),
            b => b.Get<PullsApi>().GetAsync(b.Repo, b.NoPull, default)),
        ["PullsApi.ListAsync"] = new(
            "pulls/list",
            b => b.Get<PullsApi>().ListAsync(b.Repo, "all", default),
            LimitedAsync("/repos/*/*/pulls", b => b.Get<PullsApi>().ListAsync(b.Repo, "all", default))),
        ["PullsApi.NewestClosedAsync"] = new(
            "pulls/list",
            b => b.Get<PullsApi>().NewestClosedAsync(b.Repo, default),
            LimitedAsync("/repos/*/*/pulls", b => b.Get<PullsApi>().NewestClosedAsync(b.Repo, default))),
        ["PullsApi.FromBranchAsync"] = new(
            "pulls/list",
            async b =>
            {
                await b.PullAsync();
                await b.Get<PullsApi>().FromBranchAsync(b.Repo, Workbench.Branch, default);
            },
            LimitedAsync("/repos/*/*/pulls", b => b.Get<PullsApi>().FromBranchAsync(b.Repo, Workbench.Branch, default))),
        ["PullsApi.OpenAsync"] = new(
            "pulls/create",
            b => b.OpenAsync(), b => b.OpenAsync("muster/404/1")),
        ["ReposApi.PermissionAsync"] = new(
            "repos/get-collaborator-permission-level",
            b => b.Get<ReposApi>().PermissionAsync(b.Repo, "ann", default),
            b => b.Get<ReposApi>().PermissionAsync(b.Repo, "nobody", default)),
        ["ReposApi.AccountAsync"] = new(
            "users/get-by-username",
            b => b.Get<ReposApi>().AccountAsync(b.Repo, "muster[bot]", default),
            b => b.Get<ReposApi>().AccountAsync(b.Repo, "nobody", default)),
        ["ReposApi.BranchAsync"] = new(
            "git/get-ref",
            b => b.Get<ReposApi>().BranchAsync(b.Repo, Workbench.Branch, default),
            b => b.Get<ReposApi>().BranchAsync(b.Repo, "muster/404/1", default)),
        ["ReviewsApi.ListAsync"] = new(
            "pulls/list-reviews",
            async b => await b.Get<ReviewsApi>().ListAsync(b.Repo, (await ReviewAsync(b, Reviewer)).Pull, default),
            b => b.Get<ReviewsApi>().ListAsync(b.Repo, b.NoPull, default)),
        ["ReviewsApi.CreateAsync"] = new(
            "pulls/create-review",
            b => ReviewAsync(b, Reviewer), b => ReviewAsync(b, Author)),
        ["ReviewsApi.DismissAsync"] = new(
            "pulls/dismiss-review",
            async b =>
            {
                var (pull, review) = await ReviewAsync(b, Reviewer);
                await b.Get<ReviewsApi>().DismissAsync(Reviewer, b.Repo, pull, ((Answer<Review>.Ok)review).Value.Id, "Outdated.", default);
            },
            b => b.Get<ReviewsApi>().DismissAsync(Reviewer, b.Repo, b.NoPull, 404, "Outdated.", default)),
    };

    private static async Task<long> InstallationAsync(Workbench bench) =>
        ((Answer<long>.Ok)await bench.Get<Installations>().FindAsync(Author, bench.Repo, default)).Value;

    private static NewCheckRun Check(CommitSha commit) => new("muster/verdict", commit.Value, "j1", "success", Output, DetailsUrl: "https://muster.example/waves/1");

    private static async Task<(PullNumber Pull, Answer<Review> Review)> ReviewAsync(Workbench bench, GitHubIdentity identity)
    {
        var pull = new PullNumber((await bench.PullAsync()).Number);
        var review = new NewReview(bench.Head.Value, "One thing.", "REQUEST_CHANGES", [new NewReviewComment("b.txt", 1, "Here.")]);
        return (pull, await bench.Get<ReviewsApi>().CreateAsync(identity, bench.Repo, pull, review, default));
    }

    private static async Task ReactAsync(Workbench bench)
    {
        await bench.Get<IssuesApi>().ReactAsync(bench.Repo, bench.Issue, null, "rocket", default);
        await bench.Get<IssuesApi>().ReactAsync(bench.Repo, bench.Issue, bench.Comment, "eyes", default);
    }

    private static async Task<InstallationToken> RevokeAsync(Workbench bench)
    {
        var minted = (Answer<InstallationToken>.Ok)await bench.Get<InstallationTokens>().MintAsync(Author, bench.Repo, Act.Push, default);
        await bench.Get<InstallationTokens>().RevokeAsync(minted.Value, default);
        return minted.Value;
    }

    /// <summary>The same, while GitHub asks everybody to wait.</summary>
    private static Func<Workbench, Task> LimitedAsync(string path, Func<Workbench, Task> call) => async b =>
    {
        await b.Scene.ControlAsync("/_sim/faults", new { kind = "limit", path, status = 403, retryAfter = 60 });
        await call(b);
    };

    /// <summary>A webhook that found nobody.</summary>
    private static async Task<long> DeliveryAsync(Workbench bench)
    {
        using var moved = await bench.Scene.Simulator.PutAsJsonAsync("/_sim/apps/1001", new { webhookUrl = "http://127.0.0.1:9/" });
        await bench.Scene.OpenIssueAsync("Announce me");
        while (true)
        {
            if (await bench.Get<AppsApi>().DeliveriesAsync(Author, DateTimeOffset.UnixEpoch, default) is Answer<IReadOnlyList<HookDelivery>>.Ok { Value: [var first, ..] })
                return first.Id;
        }
    }
}
