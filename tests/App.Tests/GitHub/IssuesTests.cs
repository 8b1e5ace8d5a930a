using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

public sealed class IssuesTests : IAsyncLifetime
{
    private Scene scene = null!;
    private IssuesApi issues = null!;
    private CommentsApi comments = null!;

    public async Task InitializeAsync()
    {
        scene = await Scene.StartAsync();
        issues = scene.Get<IssuesApi>();
        comments = scene.Get<CommentsApi>();
    }

    public async Task DisposeAsync() => await scene.DisposeAsync();

    [Fact]
    public async Task The_app_knows_itself()
    {
        var self = Value(await scene.Get<AppsApi>().SelfAsync(GitHubIdentity.Author, default));

        Assert.Equal((1001, "muster[bot]"), (self.Id, self.BotLogin));
        Assert.Equal(1002, Value(await scene.Get<AppsApi>().SelfAsync(GitHubIdentity.Reviewer, default)).Id);
    }

    [Fact]
    public async Task It_knows_where_it_is_installed()
    {
        var installations = scene.Get<Installations>();

        Assert.True(Value(await installations.FindAsync(GitHubIdentity.Author, scene.Repo, default)) > 0);
        Assert.IsType<Answer<long>.NotFound>(
            await installations.FindAsync(GitHubIdentity.Author, new RepoRef(new RepoId(99), new RepoName("acme", "none")), default));
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData("bob", false)]
    public async Task It_asks_what_a_person_may_do(string login, bool mayWrite) =>
        Assert.Equal(mayWrite, Value(await scene.Get<ReposApi>().PermissionAsync(scene.Repo, login, default)).MayWrite);

    [Fact]
    public async Task A_person_who_does_not_exist_is_not_found() =>
        Assert.IsType<Answer<RepoAccess>.NotFound>(await scene.Get<ReposApi>().PermissionAsync(scene.Repo, "nobody", default));

    [Fact]
    public async Task An_issue_is_read_with_its_labels()
    {
        var number = await scene.OpenIssueAsync("Fix the till", "It jams.", "agent:go");

        var issue = Value(await issues.GetAsync(scene.Repo, number, default));

        Assert.Equal(("Fix the till", "It jams.", true), (issue.Title, issue.Body, issue.IsOpen));
        Assert.True(issue.Carries("agent:go"));
        Assert.Equal("ann", issue.User?.Login);
    }

    [Fact]
    public async Task An_issue_that_does_not_exist_is_not_found() =>
        Assert.IsType<Answer<Issue>.NotFound>(await issues.GetAsync(scene.Repo, new IssueNumber(404), default));

    [Fact]
    public async Task All_open_issues_are_listed_however_many_pages_they_fill()
    {
        for (var number = 0; number < 205; number++)
            await scene.OpenIssueAsync($"Issue {number}");

        Assert.Equal(205, Value(await issues.OpenAsync(scene.Repo, default)).DistinctBy(issue => issue.Number).Count());
    }

    [Fact]
    public async Task A_comment_is_made_edited_and_listed()
    {
        var number = await scene.OpenIssueAsync("Fix the till");
        var made = Value(await comments.CreateAsync(scene.Repo, number, "one", default));
        var edited = Value(await comments.EditAsync(scene.Repo, made.Id, "two", default));

        Assert.Equal(made.Id, edited.Id);
        var listed = Assert.Single(Value(await comments.ListAsync(scene.Repo, number, scene.Time.GetUtcNow(), default)));
        Assert.Equal(("two", "muster[bot]"), (listed.Body, listed.User?.Login));
    }

    [Fact]
    public async Task Labels_go_on_and_off_and_the_timeline_says_who_did_it()
    {
        var number = await scene.OpenIssueAsync("Fix the till", "", "agent:go");

        Assert.IsType<Answer<Done>.Ok>(await issues.AddLabelsAsync(scene.Repo, number, ["agent:queued"], default));
        Assert.IsType<Answer<Done>.Ok>(await issues.RemoveLabelAsync(scene.Repo, number, "agent:go", default));
        Assert.IsType<Answer<Done>.NotFound>(await issues.RemoveLabelAsync(scene.Repo, number, "agent:go", default));

        Assert.Equal(["agent:queued"], Value(await issues.LabelsAsync(scene.Repo, number, default)).Select(label => label.Name));
        var said = Value(await issues.TimelineAsync(scene.Repo, number, default)).Select(e => $"{e.Actor?.Login} {e.Event} {e.Label?.Name}");
        Assert.Equal(["ann labeled agent:go", "muster[bot] labeled agent:queued", "muster[bot] unlabeled agent:go"], said);
    }

    [Fact]
    public async Task Eyes_on_an_issue_and_on_a_comment_may_be_put_twice()
    {
        var number = await scene.OpenIssueAsync("Fix the till");
        var comment = Value(await comments.CreateAsync(scene.Repo, number, "one", default));

        foreach (var target in new long?[] { null, comment.Id, null, comment.Id })
            Assert.IsType<Answer<Done>.Ok>(await issues.ReactAsync(scene.Repo, number, target, "eyes", default));
    }

    [Fact]
    public async Task Our_own_issue_is_found_again_by_label_and_creator()
    {
        await scene.OpenIssueAsync("Not ours", "", "agent:retro");
        var made = Value(await issues.CreateAsync(scene.Repo, new NewIssue("Retro", "numbers", ["agent:retro"]), default));
        Value(await issues.EditAsync(scene.Repo, new IssueNumber(made.Number), new IssueEdit(Body: "better numbers", State: "closed"), default));

        var found = Assert.Single(Value(await issues.ByLabelAsync(scene.Repo, "agent:retro", "muster[bot]", default)));

        Assert.Equal((made.Number, "better numbers", "closed"), (found.Number, found.Body, found.State));
    }

    [Fact]
    public async Task An_edit_that_github_swallows_is_a_refusal()
    {
        var made = Value(await issues.CreateAsync(scene.Repo, new NewIssue("Retro", "numbers", []), default));

        Assert.IsType<Answer<Issue>.Refused>(
            await issues.EditAsync(scene.Repo, new IssueNumber(made.Number), new IssueEdit(Body: new string('x', 262_145)), default));
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Ok>(answer).Value;
}
