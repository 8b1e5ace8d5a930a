using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>The addresses of the manifest flow.</summary>
internal static class SetupAddress
{
    private const string Webhooks = "/webhooks/github";

    /// <summary>Where GitHub is to send events; a sentence where the address cannot be that.</summary>
    public static string? Webhook(string? text, GitHubAddress github, out Uri? webhook)
    {
        webhook = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var given) || given.Scheme is not ("http" or "https") || given.UserInfo is not "" || given.Query is not "" || given.Fragment is not "")
            return "Give the address at which GitHub reaches this program, for example https://muster.example.";
        if (given.IsLoopback && !github.Server.IsLoopback)
            return $"{github.Server.Host} cannot reach {given.Host}: that is this machine's name for itself. Give the address of the proxy or tunnel that leads here.";
        if (given.AbsolutePath.TrimEnd('/') is not ("" or Webhooks))
            return $"Webhooks come to {Webhooks}, so give the address without {given.AbsolutePath}.";
        webhook = new Uri(given, Webhooks);
        return null;
    }

    /// <summary>An organisation's name, or nothing for one's own account.</summary>
    public static bool IsOwner(string owner) => owner.Length <= 39 && owner.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>The page where GitHub makes an App from a manifest.</summary>
    public static Uri NewApp(GitHubAddress github, string organization, string state)
    {
        var server = github.Server.AbsoluteUri.TrimEnd('/');
        return new Uri(organization.Length == 0
            ? $"{server}/settings/apps/new?state={state}"
            : $"{server}/organizations/{organization}/settings/apps/new?state={state}");
    }
}
