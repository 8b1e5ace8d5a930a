using Muster.GitHubSimulator.Auth;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>In whose name a request is counted: GitHub counts an installation, not its tokens.</summary>
internal readonly record struct Caller(string Kind, long Id, string Login)
{
    public static Caller Of(Actor actor) => actor switch
    {
        Actor.Installed { Token.Installation: var installation } => new("installation", installation.Id, installation.App.Bot.Login),
        Actor.App { Registration: var app } => new("app", app.Id, app.Slug),
        Actor.Person { Account: var person } => new("user", person.Id, person.Login),
        _ => new("anonymous", 0, ""),
    };

    /// <summary>Only installations are held to the limits: the people of a test may be as quick as they like.</summary>
    public bool IsHeld => Kind == "installation";
}
