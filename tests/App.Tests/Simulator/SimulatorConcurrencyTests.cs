namespace Muster.App.Tests.Simulator;

/// <summary>Many at once: nothing is lost, nothing is told twice.</summary>
public sealed class SimulatorConcurrencyTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Issues_made_at_once_get_each_its_own_number()
    {
        var toy = await github.RepositoryAsync();
        var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => toy.IssueAsync($"Issue {n}")));
        Assert.Equal(Enumerable.Range(1, 40), numbers.Order());
        await github.SettleAsync();
        var told = github.Sink.Arrivals.Where(a => a.Name == "issues.opened" && a.Body["repository"]!["id"]!.GetValue<long>() == toy.Id);
        Assert.Equal(Enumerable.Range(1, 40), told.Select(a => a.Body["issue"]!["number"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Pushes_made_at_once_are_each_told_once_and_by_whom()
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        var works = await Task.WhenAll(Enumerable.Range(1, 6).Select(async n =>
        {
            var work = await toy.CloneAsync(n % 2 == 0 ? "ann" : "wes");
            await work.OkAsync("commit", "-q", "--allow-empty", "-m", $"work {n}");
            return (Number: n, Work: work);
        }));
        await Task.WhenAll(works.Select(w => w.Work.OkAsync("push", "-q", "origin", $"HEAD:refs/heads/work/{w.Number}")));
        foreach (var (_, work) in works)
            work.Dispose();
        await github.SettleAsync();
        var told = github.Sink.Arrivals
            .Where(a => a.Event == "push" && a.Body["repository"]!["id"]!.GetValue<long>() == toy.Id)
            .Select(a => $"{a.Body["ref"]} {a.Body["sender"]!["login"]}")
            .Where(t => t.StartsWith("refs/heads/work/", StringComparison.Ordinal));
        Assert.Equal(
            Enumerable.Range(1, 6).Select(n => $"refs/heads/work/{n} {(n % 2 == 0 ? "ann" : "wes")}"),
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_merge_asked_for_many_times_at_once_happens_once()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => toy.PutAsync("/pulls/1/merge", github.Token("ann"), new { })));
        Assert.Equal([200, 405, 405, 405, 405, 405, 405, 405], answers.Select(a => a.Status).Order());
    }
}
