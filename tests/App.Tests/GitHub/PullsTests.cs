using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

public sealed class PullsTests : IAsyncLifetime
{
    private const string Branch = "muster/12/1";
    private Scene scene = null!;
    private Checkout checkout = null!;
    private CommitSha head;

    private PullsApi Pulls => scene.Get<PullsApi>();

    public Task InitializeAsync() => SetAsync(drafts: true);

    public async Task DisposeAsync()
    {
        checkout.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task A_draft_is_opened_once_and_found_the_second_time()
    {
        var made = Value(await OpenAsync());
        var again = Value(await OpenAsync());

        Assert.Equal((false, true, true), (made.AlreadyThere, again.AlreadyThere, made.Pull.Draft));
        Assert.Equal(made.Pull.Number, again.Pull.Number);
        Assert.Equal((Branch, head.Value, "main"), (made.Pull.Head?.Ref, made.Pull.Head?.Sha, made.Pull.Base?.Ref));
        Assert.Equal("muster[bot]", made.Pull.User?.Login);
    }

    [Fact]
    public async Task Where_drafts_are_refused_a_normal_one_is_opened()
    {
        await DisposeAsync();
        await SetAsync(drafts: false);

        Assert.Equal((false, false), Value(await OpenAsync()) is var made ? (made.AlreadyThere, made.Pull.Draft) : default);
    }

    [Fact]
    public async Task A_branch_that_is_not_there_is_a_refusal() =>
        Assert.IsType<Answer<OpenedPull>.Refused>(
            await Pulls.OpenAsync(scene.Repo, new NewPull("t", "b", "muster/99/1", "main", Draft: true), default));

    [Fact]
    public async Task Pull_requests_are_listed_by_branch_and_by_state_with_their_bodies()
    {
        var made = Value(await OpenAsync()).Pull;

        Assert.Equal([made.Number], Value(await Pulls.FromBranchAsync(scene.Repo, Branch, default)).Select(pull => pull.Number));
        Assert.Empty(Value(await Pulls.FromBranchAsync(scene.Repo, "main", default)));
        Assert.Equal(["Closes #1"], Value(await Pulls.ListAsync(scene.Repo, "open", default)).Select(pull => pull.Body));
        Assert.Empty(Value(await Pulls.ListAsync(scene.Repo, "closed", default)));
    }

    [Fact]
    public async Task A_merged_pull_request_says_so_and_by_whom()
    {
        var made = Value(await OpenAsync()).Pull;
        Value(await scene.Get<GraphQl>().MarkReadyAsync(scene.Repo, made.NodeId!, default));
        await scene.AsAsync("ann", HttpMethod.Put, $"/repos/{scene.Repo}/pulls/{made.Number}/merge");

        var merged = Value(await Pulls.GetAsync(scene.Repo, new PullNumber(made.Number), default));

        Assert.Equal((true, false, "ann"), (merged.IsMerged, merged.IsOpen, merged.MergedBy?.Login));
    }

    [Fact]
    public async Task The_draft_mark_goes_and_may_be_taken_off_twice()
    {
        var made = Value(await OpenAsync()).Pull;
        Value(await scene.Get<GraphQl>().MarkReadyAsync(scene.Repo, made.NodeId!, default));
        await scene.Get<GraphQl>().MarkReadyAsync(scene.Repo, made.NodeId!, default);

        Assert.False(Value(await Pulls.GetAsync(scene.Repo, new PullNumber(made.Number), default)).Draft);
    }

    [Fact]
    public async Task The_second_app_may_judge_and_the_author_may_not()
    {
        var pull = new PullNumber(Value(await OpenAsync()).Pull.Number);
        var reviews = scene.Get<ReviewsApi>();
        var request = new NewReview(head.Value, "One thing.", "REQUEST_CHANGES", [new NewReviewComment("b.txt", 1, "Here.")]);

        Assert.IsType<Answer<Review>.Refused>(await reviews.CreateAsync(GitHubIdentity.Author, scene.Repo, pull, request, default));
        var made = Value(await reviews.CreateAsync(GitHubIdentity.Reviewer, scene.Repo, pull, request, default));

        var listed = Assert.Single(Value(await reviews.ListAsync(scene.Repo, pull, default)));
        Assert.Equal((made.Id, "CHANGES_REQUESTED", head.Value, "muster-review[bot]"), (listed.Id, listed.State, listed.CommitId, listed.User?.Login));
    }

    [Fact]
    public async Task A_remark_on_a_line_outside_the_diff_refuses_the_review()
    {
        var pull = new PullNumber(Value(await OpenAsync()).Pull.Number);
        var review = new NewReview(head.Value, "One thing.", "COMMENT", [new NewReviewComment("b.txt", 400, "Where?")]);

        Assert.IsType<Answer<Review>.Refused>(
            await scene.Get<ReviewsApi>().CreateAsync(GitHubIdentity.Reviewer, scene.Repo, pull, review, default));
    }

    [Fact]
    public async Task A_check_is_made_and_found_by_its_name_and_commit()
    {
        var checks = scene.Get<ChecksApi>();
        var made = Value(await checks.CreateAsync(
            GitHubIdentity.Reviewer, scene.Repo,
            new NewCheckRun("muster/verdict", head.Value, "j1", "success", new CheckOutput("Passed", "All well.")), default));

        var found = Assert.Single(Value(await checks.ListAsync(GitHubIdentity.Reviewer, scene.Repo, head, "muster/verdict", default)));

        Assert.Equal((made.Id, "j1", "success", 1002L), (found.Id, found.ExternalId, found.Conclusion, found.App?.Id));
        Assert.Empty(Value(await checks.ListAsync(GitHubIdentity.Reviewer, scene.Repo, head, "other", default)));
    }

    private Task<Answer<OpenedPull>> OpenAsync() =>
        Pulls.OpenAsync(scene.Repo, new NewPull("Fix the till", "Closes #1", Branch, "main", Draft: true), default);

    private async Task SetAsync(bool drafts)
    {
        scene = await Scene.StartAsync(repository: new
        {
            owner = "acme",
            name = "shop",
            drafts,
            collaborators = new { ann = "write" },
            installations = new[] { 1001, 1002 },
        });
        checkout = await Checkout.CreateAsync(scene);
        await checkout.CommitAsync(("a.txt", "one\n"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        head = await checkout.CommitAsync(("b.txt", "two\n"));
        await checkout.PushAsync($"HEAD:refs/heads/{Branch}");
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Ok>(answer).Value;
}
