using System.Text;

namespace Muster.App.Tests.Simulator;

/// <summary>Issues, labels, comments, reactions, and who may touch them.</summary>
public sealed class IssueTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task An_apps_issue_is_by_its_bot_and_says_which_app()
    {
        var toy = await github.RepositoryAsync();
        var issue = await toy.PostAsync("/issues", await toy.AppTokenAsync(), new { title = "Retro", labels = new[] { "agent:retro" } });
        Assert.Equal(201, issue.Status);
        Assert.Equal("muster[bot]", issue["user"]["login"]!.GetValue<string>());
        Assert.Equal("Bot", issue["user"]["type"]!.GetValue<string>());
        Assert.EndsWith("/users/muster%5Bbot%5D", issue["user"]["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(SimulatorFixture.Author, issue["performed_via_github_app"]["id"]!.GetValue<long>());
        Assert.Equal("agent:retro", issue["labels"][0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Validation_failures_name_resource_field_and_code()
    {
        var toy = await github.RepositoryAsync();
        var answer = await toy.PostAsync("/issues", github.Token("ann"), new { body = "no title" });
        Assert.Equal((422, "Validation Failed"), (answer.Status, answer.Message));
        Assert.Equal("""[{"resource":"Issue","field":"title","code":"missing_field"}]""", answer.Errors);
        Assert.Equal(422, (await toy.PostAsync("/issues", github.Token("ann"), new { title = new string('x', 257) })).Status);
        Assert.Equal(400, (await toy.PostAsync("/issues", github.Token("ann"), "{ not json")).Status);
        Assert.Equal(422, (await toy.PostAsync("/issues", github.Token("ann"), new { title = 7 })).Status);
    }

    [Fact]
    public async Task Bodies_end_at_262144_bytes()
    {
        var toy = await github.RepositoryAsync();
        var fits = new string('x', 262_142) + "é";
        Assert.Equal(262_144, Encoding.UTF8.GetByteCount(fits));
        var issue = await toy.PostAsync("/issues", github.Token("ann"), new { title = "t", body = fits });
        Assert.Equal((201, fits), (issue.Status, issue.Text("body")));
        Assert.Equal(422, (await toy.PostAsync("/issues", github.Token("ann"), new { title = "t", body = fits + "x" })).Status);
        var comment = await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = "short" });
        Assert.Equal(422, (await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = fits + "x" })).Status);
        Assert.Equal(422, (await toy.PatchAsync($"/issues/comments/{comment["id"]}", github.Token("ann"), new { body = fits + "x" })).Status);
    }

    [Fact]
    public async Task An_issues_body_that_is_too_long_is_accepted_and_not_kept()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync(body: "old");
        var patched = await toy.PatchAsync("/issues/1", github.Token("ann"), new { title = "new title", body = new string('x', 262_145) });
        Assert.Equal((200, "old", "new title"), (patched.Status, patched.Text("body"), patched.Text("title")));
    }

    [Fact]
    public async Task Labelling_needs_triage_and_an_issue()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        await toy.IssueAsync();
        var labels = new { labels = new[] { "agent:go" } };
        Assert.Equal(403, (await toy.PostAsync("/issues/1/labels", github.Token("rea"), labels)).Status);
        Assert.Equal(403, (await toy.PostAsync("/issues/1/labels", github.Token("sam"), labels)).Status);
        Assert.Equal(401, (await toy.PostAsync("/issues/1/labels", null, labels)).Status);
        Assert.Equal(200, (await toy.PostAsync("/issues/1/labels", github.Token("tess"), labels)).Status);
        Assert.Equal(404, (await toy.PostAsync("/issues/9/labels", github.Token("tess"), labels)).Status);
        Assert.Equal(200, (await toy.DeleteAsync("/issues/1/labels/agent:go", github.Token("tess"))).Status);
        Assert.Equal(404, (await toy.DeleteAsync("/issues/1/labels/agent:go", github.Token("tess"))).Status);
    }

    [Fact]
    public async Task Labels_given_at_birth_by_a_reader_are_dropped_in_silence()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        var issue = await toy.PostAsync("/issues", github.Token("sam"), new { title = "t", labels = new[] { "agent:go" } });
        Assert.Equal(201, issue.Status);
        Assert.Empty(issue.Items("labels"));
    }

    [Fact]
    public async Task Labels_can_be_set_and_made()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        Assert.Equal(201, (await toy.PostAsync("/labels", github.Token("wes"), new { name = "bug", color = "ff0000" })).Status);
        Assert.Contains("already_exists", (await toy.PostAsync("/labels", github.Token("wes"), new { name = "Bug" })).Errors, StringComparison.Ordinal);
        Assert.Equal(422, (await toy.PostAsync("/labels", github.Token("wes"), new { name = "x", color = "red" })).Status);
        Assert.Equal("ff0000", (await toy.GetAsync("/labels/bug", github.Token("rea"))).Text("color"));
        var set = await toy.PutAsync("/issues/1/labels", github.Token("wes"), new { labels = new[] { "bug", "late" } });
        Assert.Equal(["bug", "late"], set.Items().Select(l => l["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Lists_filter_and_lead_on_by_link()
    {
        var toy = await github.RepositoryAsync();
        for (var n = 1; n <= 5; n++)
            await toy.IssueAsync($"Issue {n}", login: n == 3 ? "wes" : "ann");
        await toy.PostAsync("/issues/2/labels", github.Token("ann"), new { labels = new[] { "agent:go", "x" } });
        await toy.PatchAsync("/issues/5", github.Token("ann"), new { state = "closed", state_reason = "not_planned" });

        var seen = new List<int>();
        var next = $"{toy.Path}/issues?per_page=2&direction=asc";
        while (next is not null)
        {
            var page = await github.GetAsync(next, github.Token("ann"));
            seen.AddRange(page.Items().Select(i => i["number"]!.GetValue<int>()));
            next = page.Headers.TryGetValues("Link", out var link)
                ? link.Single().Split(", ").SingleOrDefault(l => l.EndsWith("rel=\"next\"", StringComparison.Ordinal))?.Split('>')[0][1..]
                : null;
            Assert.True(next is null || next.Contains($"/repositories/{toy.Id}/issues", StringComparison.Ordinal));
        }

        Assert.Equal([1, 2, 3, 4], seen);
        Assert.Equal(2, await OnlyAsync(toy, "labels=agent:go,x"));
        Assert.Equal(3, await OnlyAsync(toy, "creator=wes"));
        Assert.Equal(5, await OnlyAsync(toy, "state=closed"));
    }

    [Fact]
    public async Task The_timeline_tells_who_labelled_closed_commented_and_mentioned()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        await toy.PostAsync("/issues/1/labels", github.Token("tess"), new { labels = new[] { "agent:go" } });
        await toy.DeleteAsync("/issues/1/labels/agent:go", await toy.AppTokenAsync());
        await toy.PostAsync("/issues/1/comments", github.Token("rea"), new { body = "hello" });
        await toy.IssueAsync("Another", "see #1", "wes");
        await toy.PatchAsync("/issues/1", github.Token("ann"), new { state = "closed" });
        await toy.PatchAsync("/issues/1", github.Token("ann"), new { state = "open" });
        var told = (await toy.GetAsync("/issues/1/timeline", github.Token("ann"))).Items();
        Assert.Equal(
            ["labeled tess", "unlabeled muster[bot]", "commented rea", "cross-referenced wes", "closed ann", "reopened ann"],
            told.Select(t => $"{t["event"]} {t["actor"]!["login"]}"));
        Assert.Equal("agent:go", told[0]["label"]!["name"]!.GetValue<string>());
        Assert.Equal(2, told[3]["source"]!["issue"]!["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Comments_are_edited_and_deleted_by_their_writer_or_a_writer_of_the_repository()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        var id = (await toy.PostAsync("/issues/1/comments", github.Token("rea"), new { body = "one" }))["id"];
        Assert.Equal(403, (await toy.PatchAsync($"/issues/comments/{id}", github.Token("tess"), new { body = "two" })).Status);
        Assert.Equal("two", (await toy.PatchAsync($"/issues/comments/{id}", github.Token("rea"), new { body = "two" })).Text("body"));
        Assert.Single((await toy.GetAsync("/issues/comments", github.Token("rea"))).Items());
        Assert.Equal(204, (await toy.DeleteAsync($"/issues/comments/{id}", github.Token("wes"))).Status);
        Assert.Equal(404, (await toy.GetAsync($"/issues/comments/{id}", github.Token("rea"))).Status);
        Assert.Empty((await toy.GetAsync("/issues/1/comments", github.Token("rea"))).Items());
    }

    [Fact]
    public async Task A_reaction_is_201_once_and_200_after()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        var token = await toy.AppTokenAsync();
        var id = (await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = "/dispatch" }))["id"];
        foreach (var path in new[] { "/issues/1/reactions", $"/issues/comments/{id}/reactions" })
        {
            Assert.Equal(201, (await toy.PostAsync(path, token, new { content = "eyes" })).Status);
            Assert.Equal(200, (await toy.PostAsync(path, token, new { content = "eyes" })).Status);
            Assert.Equal(422, (await toy.PostAsync(path, token, new { content = "applause" })).Status);
            Assert.Single((await toy.GetAsync(path, token)).Items());
        }
    }

    [Theory]
    [InlineData("ann", "admin", "admin")]
    [InlineData("wes", "write", "write")]
    [InlineData("tess", "read", "triage")]
    [InlineData("rea", "read", "read")]
    [InlineData("sam", "none", "")]
    public async Task Permission_is_told_in_the_old_word_and_the_new(string login, string permission, string role)
    {
        var toy = await github.RepositoryAsync();
        var answer = await toy.GetAsync($"/collaborators/{login}/permission", await toy.AppTokenAsync());
        Assert.Equal((permission, role), (answer.Text("permission"), answer.Text("role_name")));
        Assert.Equal(login, answer["user"]["login"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unknown_user_has_no_permission_to_tell()
    {
        var toy = await github.RepositoryAsync();
        Assert.Equal(404, (await toy.GetAsync("/collaborators/ghost/permission", await toy.AppTokenAsync())).Status);
    }

    private async Task<int> OnlyAsync(Toy toy, string query) =>
        Assert.Single((await toy.GetAsync("/issues?" + query, github.Token("ann"))).Items())["number"]!.GetValue<int>();
}
