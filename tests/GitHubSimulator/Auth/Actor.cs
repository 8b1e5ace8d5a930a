using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Auth;

/// <summary>Who sends a request.</summary>
internal abstract record Actor(string Kind, By? By)
{
    public static Actor Nobody { get; } = new Anonymous();

    public sealed record Anonymous() : Actor("anonymous", null);

    public sealed record Person(Account Account) : Actor("user", new By(Account));

    /// <summary>An App itself, by its signed JWT: it may look after its installations and nothing else.</summary>
    public sealed record App(AppRegistration Registration) : Actor("app", new By(Registration.Bot, Registration));

    public sealed record Installed(InstallationToken Token)
        : Actor("installation", new By(Token.Installation.App.Bot, Token.Installation.App));
}
