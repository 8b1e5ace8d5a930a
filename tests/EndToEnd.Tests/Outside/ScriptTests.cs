using Muster.Demo.Staging;

namespace Muster.EndToEnd.Tests.Outside;

/// <summary>The one script, as a newcomer meets it.</summary>
public sealed class ScriptTests
{
    private readonly string bot = Path.Combine(Places.Find().Project, "bot");

    private static readonly string[] All = ["demo", "test", "prove", "bench", "build", "up", "clean"];

    public static TheoryData<string> Verbs => [.. All];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Each_verb_says_how_it_is_used(string verb)
    {
        var (code, output, _) = await Commands.RunAsync(bot, [verb, "--help"]);

        Assert.Equal(0, code);
        Assert.StartsWith($"usage: ./bot {verb}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_verb_it_lists_them()
    {
        var (code, output, _) = await Commands.RunAsync(bot, []);

        Assert.Equal(0, code);
        Assert.All(All, v => Assert.Contains($"  {v}", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_verb_is_an_error_that_lists_them()
    {
        var (code, output, errors) = await Commands.RunAsync(bot, ["dance"]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("dance", errors, StringComparison.Ordinal);
        Assert.Contains("demo", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--story", "nonsense")]
    [InlineData("--story")]
    [InlineData("--nonsense")]
    public async Task The_demo_refuses_what_it_does_not_know_and_names_its_stories(params string[] arguments)
    {
        var demo = Places.Find().Published("Demo", "Demo.dll");

        var (code, output, errors) = await Commands.RunAsync(Host.Dotnet, [demo, .. arguments]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("nobody-merges", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_are_listed_and_an_unknown_one_is_refused()
    {
        var proofs = Places.Find().Published("Proofs", "Proofs.dll");

        Assert.Equal(0, (await Commands.RunAsync(Host.Dotnet, [proofs])).Code);
        Assert.Equal(2, (await Commands.RunAsync(Host.Dotnet, [proofs, "nonsense"])).Code);
    }
}
