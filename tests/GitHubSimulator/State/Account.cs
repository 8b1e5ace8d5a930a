namespace Muster.GitHubSimulator.State;

/// <summary>A person, an organization, or the bot user of an App.</summary>
internal sealed record Account(long Id, string Login, string Type, string? Token = null)
{
    public bool IsOrganization => Type == "Organization";

    public bool IsBot => Type == "Bot";
}

/// <summary>Who does something: the account that is shown, and the App it acted through.</summary>
internal sealed record By(Account User, AppRegistration? App = null);
