using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

public sealed class TokenTests : IAsyncLifetime
{
    private Scene scene = null!;
    private InstallationTokens tokens = null!;

    public async Task InitializeAsync()
    {
        scene = await Scene.StartAsync();
        tokens = scene.Get<InstallationTokens>();
    }

    public async Task DisposeAsync() => await scene.DisposeAsync();

    [Theory]
    [InlineData(Act.Read, "contents:read,issues:read,metadata:read,pull_requests:read")]
    [InlineData(Act.Speak, "issues:write,metadata:read")]
    [InlineData(Act.Pull, "contents:read,metadata:read,pull_requests:write")]
    [InlineData(Act.Review, "contents:read,metadata:read,pull_requests:write")]
    [InlineData(Act.Check, "checks:write,metadata:read")]
    [InlineData(Act.Fetch, "contents:read,metadata:read")]
    [InlineData(Act.Push, "contents:write,metadata:read")]
    public async Task A_token_can_do_one_act_in_one_repository(Act act, string permissions)
    {
        var token = await MintedAsync(act);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/repos/{scene.Repo}");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await scene.Simulator.SendAsync(request);
        var seen = (await scene.JournalAsync())[^1]["token"]!;

        Assert.Equal([scene.Repo.Id.Value], seen["repositoryIds"]!.AsArray().Select(id => id!.GetValue<long>()));
        var granted = seen["permissions"]!.AsObject().Select(p => $"{p.Key}:{p.Value}").Append("metadata:read").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(permissions, string.Join(',', granted));
    }

    [Fact]
    public async Task A_token_is_kept_until_ten_minutes_before_it_ends()
    {
        var first = await GottenAsync(Act.Read);
        scene.Time.Advance(TimeSpan.FromMinutes(49));
        var second = await GottenAsync(Act.Read);
        scene.Time.Advance(TimeSpan.FromMinutes(2));
        var third = await GottenAsync(Act.Read);

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }

    [Fact]
    public async Task Many_who_need_a_token_at_once_share_one() =>
        Assert.Single((await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GottenAsync(Act.Speak)))).Distinct());

    [Fact]
    public async Task A_token_to_push_is_never_shared_and_can_be_ended()
    {
        var one = await WholeAsync(Act.Push);
        var other = await WholeAsync(Act.Push);
        Assert.NotEqual(one.Token, other.Token);

        Assert.IsType<Answer<Done>.Ok>(await tokens.RevokeAsync(one, default));
        Assert.IsType<Answer<Done>.Ok>(await tokens.RevokeAsync(one, default));
        Assert.IsType<Answer<Done>.Ok>(await tokens.RevokeAsync(other, default));
    }

    [Fact]
    public async Task Where_the_app_is_not_installed_there_is_no_token_and_nobody_asks_twice()
    {
        var elsewhere = new RepoRef(new RepoId(1), new RepoName("acme", "nothing"));

        Assert.IsType<Answer<InstallationToken>.Unknown>(await tokens.GetAsync(GitHubIdentity.Author, elsewhere, Act.Read, default));
        var asked = (await scene.JournalAsync()).Count;
        Assert.IsType<Answer<InstallationToken>.Unknown>(await tokens.GetAsync(GitHubIdentity.Author, elsewhere, Act.Read, default));
        Assert.Equal(asked, (await scene.JournalAsync()).Count);
    }

    [Fact]
    public async Task Without_a_second_app_nobody_reviews()
    {
        await using var alone = await Scene.StartAsync(reviewer: false);

        Assert.IsType<Answer<InstallationToken>.NotFound>(
            await alone.Get<InstallationTokens>().GetAsync(GitHubIdentity.Reviewer, alone.Repo, Act.Review, default));
        Assert.IsType<Answer<AppSelf>.NotFound>(await alone.Get<AppsApi>().SelfAsync(GitHubIdentity.Reviewer, default));
    }

    [Fact]
    public async Task A_token_does_not_print()
    {
        var token = await tokens.GetAsync(GitHubIdentity.Author, scene.Repo, Act.Read, default);

        Assert.DoesNotContain("ghs_", token.ToString());
    }

    [Theory]
    [InlineData(Act.Read)]
    [InlineData(Act.Push)]
    public async Task A_repository_that_went_to_another_owner_is_found_again(Act act)
    {
        var issue = await scene.OpenIssueAsync("One");
        await WholeAsync(act);
        await scene.Get<IssuesApi>().GetAsync(scene.Repo, issue, default);
        await scene.ControlAsync($"/_sim/repos/{scene.Repo.Id.Value}/transfer", new { owner = "elsewhere", installations = new[] { 1001 } });

        await MintedAsync(act);
        Assert.IsType<Answer<Issue>.Ok>(await scene.Get<IssuesApi>().GetAsync(scene.Repo, issue, default));
        await MintedAsync(act);
    }

    [Fact]
    public async Task What_the_app_may_no_longer_see_is_not_said_to_be_gone()
    {
        var issue = await scene.OpenIssueAsync("One");
        Assert.IsType<Answer<Issue>.Ok>(await scene.Get<IssuesApi>().GetAsync(scene.Repo, issue, default));
        await scene.ControlAsync($"/_sim/repos/{scene.Repo.Id.Value}/transfer", new { owner = "elsewhere", installations = Array.Empty<int>() });

        Assert.IsType<Answer<Issue>.Unknown>(await scene.Get<IssuesApi>().GetAsync(scene.Repo, issue, default));
    }

    private async Task<string> GottenAsync(Act act) => (await WholeAsync(act)).Token;

    private async Task<InstallationToken> WholeAsync(Act act) =>
        Assert.IsType<Answer<InstallationToken>.Ok>(await tokens.GetAsync(GitHubIdentity.Author, scene.Repo, act, default)).Value;

    private async Task<string> MintedAsync(Act act) =>
        Assert.IsType<Answer<InstallationToken>.Ok>(await tokens.MintAsync(GitHubIdentity.Author, scene.Repo, act, default)).Value.Token;
}
