namespace Muster.App.GitHub.Budget;

/// <summary>Whose budget a request is taken from: each installation has its own, and so has an App that speaks about itself.</summary>
public readonly record struct Payer(string Name)
{
    public static Payer Of(long installation) => new($"installation {installation}");

    public static Payer Of(GitHubIdentity app) => new($"{app.ToString().ToLowerInvariant()} app");

    public override string ToString() => Name;
}
