using System.Text.Json.Nodes;

namespace Muster.App.Tests.Simulator;

/// <summary>GraphQL: what closes, what blocks, in one round trip, and what is said where something is not there.</summary>
public sealed class GraphQlTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Closing_references_and_dependencies_of_a_hundred_issues_come_in_one_answer()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        await toy.WithBranchAsync();
        for (var n = 1; n <= 100; n++)
            await toy.IssueAsync();
        await toy.PullAsync(github.Token("ann"), body: "Fixes #1, closes #3");
        await BlockAsync(toy, 2, 1);
        await BlockAsync(toy, 2, 4);

        var aliases = string.Join('\n', Enumerable.Range(1, 100).Select(n => $"i{n}: issue(number: {n}) {{ ...facts }}"));
        var answer = await AskAsync(token, $$"""
            query($owner: String!, $name: String!) {
              repository(owner: $owner, name: $name) { {{aliases}} }
              rateLimit { cost remaining }
            }
            fragment facts on Issue {
              number state
              closedByPullRequestsReferences(first: 10, includeClosedPrs: true) { nodes { number state isDraft author { login } repository { nameWithOwner } } pageInfo { hasNextPage } }
              blockedBy(first: 50) { nodes { number state repository { nameWithOwner } } pageInfo { hasNextPage } }
            }
            """, new { owner = "acme", name = toy.Name });
        var repository = answer.Json!["data"]!["repository"]!;
        Assert.Equal(100, repository.AsObject().Count);
        Assert.Equal("101", Numbers(repository["i1"]!["closedByPullRequestsReferences"]!));
        Assert.Equal("101", Numbers(repository["i3"]!["closedByPullRequestsReferences"]!));
        Assert.Equal("", Numbers(repository["i2"]!["closedByPullRequestsReferences"]!));
        Assert.Equal("1 4", Numbers(repository["i2"]!["blockedBy"]!));
        Assert.Null(answer.Json!["errors"]);
    }

    [Fact]
    public async Task Nodes_are_found_by_id_and_a_connection_is_paged()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        for (var n = 1; n <= 3; n++)
            await toy.IssueAsync($"{n}");
        var id = (await toy.GetAsync("/issues/2", token)).Text("node_id");
        var found = await AskAsync(token, "query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Issue { title } ... on PullRequest { merged } } }", new { ids = new[] { id } });
        Assert.Equal("""[{"__typename":"Issue","title":"2"}]""", found["data"]["nodes"]!.ToJsonString());

        const string list = "query($after: String) { repository(owner: \"acme\", name: \"NAME\") { issues(first: 2, after: $after, states: [OPEN]) { totalCount nodes { number } pageInfo { hasNextPage endCursor } } } }";
        var query = list.Replace("NAME", toy.Name, StringComparison.Ordinal);
        var first = (await AskAsync(token, query, new { }))["data"]["repository"]!["issues"]!;
        Assert.Equal(("3 2", true, 3), (Numbers(first), first["pageInfo"]!["hasNextPage"]!.GetValue<bool>(), first["totalCount"]!.GetValue<int>()));
        var second = (await AskAsync(token, query, new { after = first["pageInfo"]!["endCursor"]!.GetValue<string>() }))["data"]["repository"]!["issues"]!;
        Assert.Equal(("1", false), (Numbers(second), second["pageInfo"]!["hasNextPage"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("{ repository(owner: \"acme\", name: \"NAME\") { issue(number: 1) { colour } } }", "undefinedField", false)]
    [InlineData("{ repository(owner: \"acme\", name: \"NAME\") { issue(number: 1) { author } } }", "selectionMismatch", false)]
    [InlineData("{ repository(owner: \"acme\", name: \"NAME\") { issue(number: 77) { number } } }", "NOT_FOUND", true)]
    [InlineData("{ repository(owner: \"acme\", name: \"other\") { name } }", "NOT_FOUND", true)]
    [InlineData("{ repository(owner: \"acme\", name: \"NAME\") { issues { totalCount } } }", "MISSING_PAGINATION_BOUNDARIES", true)]
    [InlineData("{ repository(owner: \"acme\", name: \"NAME\") { issues(first: 101) { totalCount } } }", "EXCESSIVE_PAGINATION", true)]
    [InlineData("mutation { closeIssue { clientMutationId } }", "undefinedField", false)]
    public async Task What_is_not_there_is_an_error_in_an_answer_of_200(string query, string type, bool hasData)
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        var answer = await AskAsync(await toy.AppTokenAsync(), query.Replace("NAME", toy.Name, StringComparison.Ordinal), new { });
        Assert.Equal((200, type, hasData), (answer.Status, answer.Json!["errors"]![0]!["type"]!.GetValue<string>(), answer.Json["data"] is not null));
    }

    [Fact]
    public async Task A_token_without_the_permission_is_told_so()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        var answer = await AskAsync(
            await toy.AppTokenAsync(permissions: new { contents = "read" }), $"{{ repository(owner: \"acme\", name: \"{toy.Name}\") {{ issue(number: 1) {{ number }} }} }}", new { });
        Assert.Equal("FORBIDDEN", answer.Json!["errors"]![0]!["type"]!.GetValue<string>());
        Assert.Contains("Parse error", (await AskAsync(github.Token("ann"), "{ repository(", new { })).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dependencies_and_sub_issues_are_made_listed_and_taken_back_over_rest()
    {
        const long listener = 55;
        await github.ControlAsync("/apps", new
        {
            appId = listener,
            slug = "ties",
            publicKeyPem = github.Key.ExportSubjectPublicKeyInfoPem(),
            events = new[] { "issue_dependencies", "sub_issues" },
            webhookUrl = github.Sink.Url,
        });
        var toy = await github.RepositoryAsync(apps: [SimulatorFixture.Author, listener]);
        var token = await toy.AppTokenAsync();
        for (var n = 1; n <= 3; n++)
            await toy.IssueAsync();
        Assert.Equal(201, (await BlockAsync(toy, 1, 2)).Status);
        Assert.Equal(422, (await BlockAsync(toy, 1, 2)).Status);
        Assert.Equal(422, (await BlockAsync(toy, 1, 1)).Status);
        Assert.Equal(404, (await toy.PostAsync("/issues/1/dependencies/blocked_by", token, new { issue_id = 1 })).Status);
        Assert.Equal("2", Listed(await toy.GetAsync("/issues/1/dependencies/blocked_by", token)));
        Assert.Equal("1", Listed(await toy.GetAsync("/issues/2/dependencies/blocking", token)));
        Assert.Equal("""{"blocked_by":1,"blocking":0,"total_blocked_by":1,"total_blocking":0}""", (await toy.GetAsync("/issues/1", token))["issue_dependencies_summary"].ToJsonString());
        var two = (await toy.GetAsync("/issues/2", token))["id"];
        Assert.Equal(200, (await toy.DeleteAsync($"/issues/1/dependencies/blocked_by/{two}", token)).Status);
        Assert.Equal("", Listed(await toy.GetAsync("/issues/1/dependencies/blocked_by", token)));

        Assert.Equal(201, (await toy.PostAsync("/issues/1/sub_issues", token, new { sub_issue_id = two.GetValue<long>() })).Status);
        Assert.Equal(422, (await toy.PostAsync("/issues/3/sub_issues", token, new { sub_issue_id = two.GetValue<long>() })).Status);
        Assert.Equal("2", Listed(await toy.GetAsync("/issues/1/sub_issues", token)));
        Assert.Equal(1, (await toy.GetAsync("/issues/2/parent", token))["number"].GetValue<int>());
        Assert.Equal(404, (await toy.GetAsync("/issues/1/parent", token)).Status);
        await github.SettleAsync();
        Assert.Equal(
            [
                "issue_dependencies.blocked_by_added", "issue_dependencies.blocking_added", "issue_dependencies.blocked_by_removed",
                "issue_dependencies.blocking_removed", "sub_issues.sub_issue_added", "sub_issues.parent_issue_added",
            ],
            github.Sink.Arrivals.Where(a => a.Event is "issue_dependencies" or "sub_issues").Select(a => a.Name));
    }

    [Fact]
    public async Task A_pull_request_from_a_fork_follows_the_fork_and_outlives_it()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        await toy.PushAsync("main", "a.txt", "one");
        var made = await github.ControlAsync($"/repos/{toy.Id}/forks", new { owner = "sam" });
        var fork = new Toy(github, toy.Name, made.Json!);
        var first = await fork.PushAsync("idea", "b.txt", "two", "origin/main", login: "sam");
        var pull = await toy.PullAsync(github.Token("sam"), head: "sam:idea");
        Assert.Equal((201, "sam:idea", $"sam/{toy.Name}"), (pull.Status, pull["head"]["label"]!.GetValue<string>(), pull["head"]["repo"]!["full_name"]!.GetValue<string>()));
        Assert.Equal((first, 1), (pull["head"]["sha"]!.GetValue<string>(), pull["changed_files"].GetValue<int>()));
        var second = await fork.PushAsync("idea", "c.txt", "three", "origin/idea", login: "sam");
        Assert.Equal(second, (await toy.GetAsync("/pulls/1", github.Token("ann")))["head"]["sha"]!.GetValue<string>());
        Assert.Equal("1", Listed(await toy.GetAsync("/pulls?head=sam:idea", github.Token("ann"))));

        Assert.Equal(204, (await Answer.AskAsync(github.Client, HttpMethod.Delete, $"/_sim/repos/{fork.Id}", null, null)).Status);
        var orphan = await toy.GetAsync("/pulls/1", github.Token("ann"));
        Assert.Null(orphan["head"]["repo"]);
        Assert.Equal(200, (await toy.PutAsync("/pulls/1/merge", github.Token("ann"), new { })).Status);
        Assert.Equal("three", await toy.Bare.OkAsync("show", "main:c.txt"));
    }

    private async Task<Answer> BlockAsync(Toy toy, int blocked, int by)
    {
        var id = (await toy.GetAsync($"/issues/{by}", github.Token("ann")))["id"].GetValue<long>();
        return await toy.PostAsync($"/issues/{blocked}/dependencies/blocked_by", github.Token("ann"), new { issue_id = id });
    }

    private Task<Answer> AskAsync(string token, string query, object variables) => github.PostAsync("/graphql", token, new { query, variables });

    private static string Numbers(JsonNode connection) => string.Join(' ', connection["nodes"]!.AsArray().Select(n => $"{n!["number"]}"));

    private static string Listed(Answer answer) => string.Join(' ', answer.Items().Select(i => $"{i["number"]}"));
}
