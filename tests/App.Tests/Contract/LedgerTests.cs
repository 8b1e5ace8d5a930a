using System.Reflection;
using Muster.App.GitHub;
using Muster.Contracts;

namespace Muster.App.Tests.Contract;

/// <summary>
/// Every method that asks GitHub something is called here twice: once well, and once so that GitHub refuses. Each time the
/// request and the answer are held against GitHub's description.
/// </summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private Scene scene = null!;
    private Workbench bench = null!;

    public static TheoryData<string> Methods => [.. Calls.All.Keys];

    public async Task InitializeAsync() => bench = await Workbench.SetAsync(scene = await Scene.StartAsync());

    public async Task DisposeAsync()
    {
        bench.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public void Every_method_of_the_client_is_in_the_ledger()
    {
        var missing = ClientMethods().Except(Calls.All.Keys);
        var gone = Calls.All.Keys.Except(ClientMethods());

        Assert.True(!missing.Any(), $"Not held against GitHub's description yet; add it to {nameof(Calls)}: {string.Join(", ", missing)}");
        Assert.True(!gone.Any(), $"No longer there: {string.Join(", ", gone)}");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_good_request_and_its_answer_are_as_github_describes_them(string method)
    {
        var made = await MadeAsync(Calls.All[method].Well);

        Assert.Contains(made, c => c is { Status: (>= 200 and < 300) or 304 } && c.Operation == Calls.All[method].Operation);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_request_that_github_refuses_and_the_refusal_are_too(string method)
    {
        var made = await MadeAsync(Calls.All[method].Badly);

        Assert.Contains(made, c => c is { Status: >= 400 } && c.Operation == Calls.All[method].Operation);
    }

    private async Task<IReadOnlyList<Checked>> MadeAsync(Func<Workbench, Task> call)
    {
        var before = scene.App.Contract.All.Count;
        await call(bench);
        var made = scene.App.Contract.All.Skip(before).ToList();
        Assert.All(made, c => Assert.Empty(c.Faults));
        return made;
    }

    private static IEnumerable<string> ClientMethods() =>
        from type in typeof(GitHubClient).Assembly.GetTypes()
        where type is { Namespace: "Muster.App.GitHub", IsClass: true, IsNestedPrivate: false } && type != typeof(GitHubClient) && type != typeof(GitHubHttp)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.ReturnType is { IsGenericType: true } task && task.GetGenericTypeDefinition() == typeof(Task<>)
            && task.GetGenericArguments()[0] is { IsGenericType: true } answer && answer.GetGenericTypeDefinition() == typeof(Answer<>)
            && method.Name != nameof(Answer<>.ThenAsync)
        select $"{type.Name}.{method.Name}";
}
