namespace Muster.App.Tests.Simulator;

/// <summary>Pull requests over real commits.</summary>
public sealed class PullTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task A_pull_request_is_an_issue_with_commits_and_files()
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        await toy.IssueAsync();
        var pull = await toy.PullAsync(await toy.AppTokenAsync(), body: "Fixes #1", draft: true);
        Assert.Equal(201, pull.Status);
        Assert.Equal(2, pull["number"].GetValue<int>());
        Assert.Equal(head, pull["head"]["sha"]!.GetValue<string>());
        Assert.True(pull["draft"].GetValue<bool>());

        var asIssue = await toy.GetAsync("/issues/2", github.Token("rea"));
        Assert.EndsWith("/pulls/2", asIssue["pull_request"]["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, (await toy.GetAsync("/issues", github.Token("rea"))).Items().Count);
        Assert.Equal(404, (await toy.GetAsync("/pulls/1", github.Token("rea"))).Status);

        var file = Assert.Single((await toy.GetAsync("/pulls/2/files", github.Token("rea"))).Items());
        Assert.Equal("lines.txt modified 1 1", $"{file["filename"]} {file["status"]} {file["additions"]} {file["deletions"]}");
        Assert.Contains("-20\n+twenty", file["patch"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(head, Assert.Single((await toy.GetAsync("/pulls/2/commits", github.Token("rea"))).Items())["sha"]!.GetValue<string>());
    }

    [Fact]
    public async Task Mergeability_is_unknown_at_first_and_then_what_git_says()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync("work/1");
        await toy.PushAsync("work/2", "lines.txt", Toy.Lines(twenty: "zwanzig"), "origin/main");
        var token = github.Token("ann");
        var opened = await toy.PullAsync(token);
        Assert.Equal("unknown", opened.Text("mergeable_state"));
        await toy.PullAsync(token, "work/2");
        Assert.Equal("clean", (await toy.GetAsync("/pulls/2", token)).Text("mergeable_state"));

        Assert.Equal(200, (await toy.PutAsync("/pulls/1/merge", token, new { })).Status);
        var second = await toy.GetAsync("/pulls/2", token);
        Assert.Equal((false, "dirty"), (second["mergeable"].GetValue<bool>(), second.Text("mergeable_state")));
        Assert.Equal(405, (await toy.PutAsync("/pulls/2/merge", token, new { })).Status);
        Assert.Equal(405, (await toy.PutAsync("/pulls/1/merge", token, new { })).Status);
    }

    [Fact]
    public async Task A_second_pull_request_of_the_same_branch_is_refused()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        var again = await toy.PullAsync(github.Token("ann"), "acme:work/1");
        Assert.Equal(422, again.Status);
        Assert.Contains("A pull request already exists for acme:work/1.", again.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "main", "head")]
    [InlineData("work/1", "nowhere", "base")]
    [InlineData("elsewhere:work/1", "main", "head")]
    [InlineData("main", "main", "No commits between main and main")]
    public async Task A_pull_request_needs_two_branches_and_a_commit_between(string head, string @base, string said)
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        var answer = await toy.PostAsync("/pulls", github.Token("ann"), new { title = "t", head, @base });
        Assert.Equal(422, answer.Status);
        Assert.Contains(said, answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_drafts_are_not_supported_they_are_refused()
    {
        var toy = await github.RepositoryAsync(drafts: false);
        await toy.WithBranchAsync();
        var answer = await toy.PullAsync(github.Token("ann"), draft: true);
        Assert.Equal(422, answer.Status);
        Assert.Contains("Draft pull requests are not supported", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_filter_by_head_with_its_owner_and_by_base()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync("work/1");
        await toy.PushAsync("work/2", "other.txt", "x", "origin/main");
        await toy.PullAsync(github.Token("ann"), "work/1");
        await toy.PullAsync(github.Token("ann"), "work/2");
        await toy.PatchAsync("/pulls/2", github.Token("ann"), new { state = "closed" });
        async Task<int> Count(string query) => (await toy.GetAsync("/pulls?" + query, github.Token("ann"))).Items().Count;
        Assert.Equal(1, await Count(""));
        Assert.Equal(2, await Count("state=all"));
        Assert.Equal(1, await Count("state=all&head=acme:work/2"));
        Assert.Equal(2, await Count("state=all&head=work/2"));
        Assert.Equal(0, await Count("state=all&base=other"));
    }

    [Theory]
    [InlineData("merge", 2)]
    [InlineData("squash", 1)]
    [InlineData("rebase", 1)]
    public async Task Merging_makes_a_real_commit_and_closes_what_it_names(string method, int parents)
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        await toy.PushAsync("main", "beside.txt", "main has moved");
        await toy.IssueAsync("named");
        await toy.IssueAsync("only mentioned");
        await toy.PullAsync(github.Token("ann"), body: "CLOSES: #1, mentions #2");
        Assert.Equal(409, (await toy.PutAsync("/pulls/3/merge", github.Token("ann"), new { sha = new string('0', 40) })).Status);
        var merged = await toy.PutAsync("/pulls/3/merge", github.Token("ann"), new { merge_method = method, sha = head });
        Assert.Equal(200, merged.Status);
        Assert.Equal(merged.Text("sha"), (await toy.Bare.OkAsync("rev-parse", "main")).Trim());
        Assert.Equal(parents + 1, (await toy.Bare.OkAsync("rev-list", "--parents", "-1", "main")).Trim().Split(' ').Length);
        Assert.Contains("twenty", await toy.Bare.OkAsync("show", "main:lines.txt"), StringComparison.Ordinal);
        Assert.Equal("main has moved", await toy.Bare.OkAsync("show", "main:beside.txt"));

        var issue = await toy.GetAsync("/issues/1", github.Token("ann"));
        Assert.Equal(("closed", "completed"), (issue.Text("state"), issue.Text("state_reason")));
        Assert.Equal("open", (await toy.GetAsync("/issues/2", github.Token("ann"))).Text("state"));
        var pull = await toy.GetAsync("/pulls/3", github.Token("ann"));
        Assert.True(pull["merged"].GetValue<bool>());
        Assert.Equal((1, 1), (pull["commits"].GetValue<int>(), pull["changed_files"].GetValue<int>()));
    }

    [Fact]
    public async Task Merging_into_another_branch_closes_no_issue()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        await toy.PostAsync("/git/refs", github.Token("ann"), new { @ref = "refs/heads/next", sha = (await toy.Bare.OkAsync("rev-parse", "main")).Trim() });
        await toy.IssueAsync();
        await toy.PostAsync("/pulls", github.Token("ann"), new { title = "t", head = "work/1", @base = "next", body = "fixes #1" });
        Assert.Equal(200, (await toy.PutAsync("/pulls/2/merge", github.Token("ann"), new { })).Status);
        Assert.Equal("open", (await toy.GetAsync("/issues/1", github.Token("ann"))).Text("state"));
    }

    [Fact]
    public async Task A_draft_is_not_merged_until_it_is_marked_ready()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        var token = await toy.AppTokenAsync();
        var pull = await toy.PullAsync(token, draft: true);
        Assert.Equal(405, (await toy.PutAsync("/pulls/1/merge", github.Token("ann"), new { })).Status);
        const string query = """
            mutation Ready($id: ID!) {
              markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { number isDraft } }
            }
            """;
        var ready = await github.PostAsync("/graphql", token, new { query, variables = new { id = pull.Text("node_id") } });
        Assert.False(ready["data"]["markPullRequestReadyForReview"]!["pullRequest"]!["isDraft"]!.GetValue<bool>());
        Assert.False((await toy.GetAsync("/pulls/1", token))["draft"].GetValue<bool>());
        var unknown = await github.PostAsync("/graphql", token, new { query, variables = new { id = "PR_none" } });
        Assert.Equal((200, "NOT_FOUND"), (unknown.Status, unknown["errors"][0]!["type"]!.GetValue<string>()));
        Assert.Equal(200, (await toy.PutAsync("/pulls/1/merge", github.Token("ann"), new { })).Status);
    }

    [Theory]
    [InlineData("mutation { addStar(input: {starrableId: \"x\"}) { clientMutationId } }")]
    [InlineData("query { a } query { b }")]
    [InlineData("mutation { markPullRequestReadyForReview(")]
    public async Task Other_graphql_is_not_guessed_at(string query)
    {
        var toy = await github.RepositoryAsync();
        var answer = await github.PostAsync("/graphql", await toy.AppTokenAsync(), new { query });
        Assert.Equal((200, null), (answer.Status, answer.Json!["data"]));
        Assert.NotEmpty(answer.Items("errors"));
        Assert.Equal(401, (await github.PostAsync("/graphql", null, new { query })).Status);
    }

    [Fact]
    public async Task A_push_moves_the_head_and_a_deleted_branch_closes()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        var head = await toy.PushAsync("work/1", "more.txt", "more", "origin/work/1");
        var moved = await toy.GetAsync("/pulls/1", github.Token("ann"));
        Assert.Equal((head, 2), (moved["head"]["sha"]!.GetValue<string>(), moved["commits"].GetValue<int>()));
        Assert.Equal(204, (await toy.DeleteAsync("/git/refs/heads/work/1", github.Token("ann"))).Status);
        Assert.Equal("closed", (await toy.GetAsync("/pulls/1", github.Token("ann"))).Text("state"));
        Assert.Equal(422, (await toy.PatchAsync("/pulls/1", github.Token("ann"), new { state = "open" })).Status);
        Assert.Equal(head, (await toy.Bare.OkAsync("rev-parse", "refs/pull/1/head")).Trim());
    }

    [Fact]
    public async Task Refs_branches_commits_comparisons_and_files_are_read_from_git()
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        var token = await toy.AppTokenAsync();
        Assert.Equal(head, (await toy.GetAsync("/git/ref/heads/work/1", token))["object"]["sha"]!.GetValue<string>());
        Assert.Equal(404, (await toy.GetAsync("/git/ref/heads/none", token)).Status);
        Assert.Equal(head, (await toy.GetAsync("/branches/work%2F1", token))["commit"]["sha"]!.GetValue<string>());
        Assert.Equal(404, (await toy.GetAsync("/branches/none", token)).Status);
        Assert.Equal(2, (await toy.GetAsync("/branches", token)).Items().Count);
        Assert.Equal("Change lines.txt", (await toy.GetAsync("/commits/work/1", token))["commit"]["message"]!.GetValue<string>());
        var compared = await toy.GetAsync("/compare/main...work/1", token);
        Assert.Equal(("ahead", 1), (compared.Text("status"), compared["ahead_by"].GetValue<int>()));
        var file = await toy.GetAsync("/contents/lines.txt?ref=work/1", token);
        Assert.Contains("twenty", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(file.Text("content"))), StringComparison.Ordinal);
        Assert.Equal(404, (await toy.GetAsync("/contents/none.txt", token)).Status);
        Assert.Equal("lines.txt", Assert.Single((await toy.GetAsync("/contents", token)).Items())["name"]!.GetValue<string>());
        Assert.Equal(422, (await toy.PostAsync("/git/refs", token, new { @ref = "refs/heads/work/1", sha = head })).Status);
        Assert.Equal(422, (await toy.DeleteAsync("/git/refs/heads/main", token)).Status);
        await toy.PullAsync(token);
        Assert.Single((await toy.GetAsync($"/commits/{head}/pulls", token)).Items());
    }
}
