using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.Contract;

/// <summary>A repository with one of everything that the client can speak of.</summary>
internal sealed class Workbench : IDisposable
{
    public const string Branch = "muster/1/1";
    private readonly Checkout checkout;

    private Workbench(Scene scene, Checkout checkout) => (Scene, this.checkout) = (scene, checkout);

    public Scene Scene { get; }

    public RepoRef Repo => Scene.Repo;

    /// <summary>A repository in which the App is not.</summary>
    public RepoRef Elsewhere { get; } = new(new RepoId(99), new RepoName("acme", "none"));

    public IssueNumber Issue { get; private set; }

    /// <summary>No issue has it.</summary>
    public IssueNumber NoIssue { get; } = new(404);

    public PullNumber NoPull { get; } = new(404);

    public long Comment { get; private set; }

    public CommitSha Head { get; private set; }

    public CommitSha NoCommit { get; } = new(new string('d', 40));

    public static async Task<Workbench> SetAsync(Scene scene)
    {
        var bench = new Workbench(scene, await Checkout.CreateAsync(scene));
        await bench.checkout.CommitAsync(("a.txt", "one\n"));
        await bench.checkout.PushAsync("HEAD:refs/heads/main");
        bench.Head = await bench.checkout.CommitAsync(("b.txt", "two\n"));
        await bench.checkout.PushAsync($"HEAD:refs/heads/{Branch}");
        bench.Issue = await scene.OpenIssueAsync("Fix the till", "It jams.", "agent:go");
        var comment = await scene.AsAsync("ann", HttpMethod.Post, $"/repos/{scene.Repo}/issues/{bench.Issue.Value}/comments", new { body = "/dispatch" });
        bench.Comment = comment["id"]!.GetValue<long>();
        return bench;
    }

    public T Get<T>()
        where T : notnull => Scene.Get<T>();

    public Task<Answer<OpenedPull>> OpenAsync(string branch = Branch) =>
        Get<PullsApi>().OpenAsync(Repo, new NewPull("Fix the till", "Closes #1", branch, "main", Draft: true), default);

    public async Task<Pull> PullAsync() => ((Answer<OpenedPull>.Ok)await OpenAsync()).Value.Pull;

    public void Dispose() => checkout.Dispose();
}
