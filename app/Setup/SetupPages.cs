using System.Net;
using System.Text;
using Muster.App.GitHub;
using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>The pages of <c>/setup</c>: plain forms, no script, and nothing of a person's in them that is not escaped.</summary>
internal sealed class SetupPages(GitHubAddress github, SetupFolder folder)
{
    public static string Code(string? why) => Page(
        "Who is there?",
        $"""
        {Fault(why)}
        <p>The code stands on the console where <code>./bot up</code> runs.</p>
        <form method="post" action="/setup/code"><label>Code <input name="code" autocomplete="off" autofocus required></label> <button>Go on</button></form>
        """);

    /// <param name="token">Goes with every form.</param>
    /// <param name="unstored">Apps that GitHub has made and that could not be written down yet.</param>
    public string Overview(string token, string address, string? why, IReadOnlyDictionary<GitHubIdentity, RegisteredApp> unstored)
    {
        var page = new StringBuilder(Fault(why));
        foreach (var (_, app) in unstored)
        {
            page.Append($"""
                <form method="post" action="/setup/store">{Token(token)}<p>GitHub has made <b>{Text(app.Slug)}</b>, but its key is not written down yet. Make {Text(folder.Path)} writable, and do not end the program before.</p><button>Try again</button></form>
                """);
        }

        page.Append("<h2>1. The author App</h2><p>It listens, opens pull requests and speaks on issues.</p>");
        page.Append(folder.Find(GitHubIdentity.Author) is { } author ? Done(author) : Begin(GitHubIdentity.Author, token, address));
        page.Append("<h2>2. The reviewer App</h2><p>It judges what the author wrote. GitHub counts no App's approval of its own pull request, so without this one a verdict is a comment and a check.</p>");
        page.Append(folder.Find(GitHubIdentity.Reviewer) is { } reviewer ? Done(reviewer) : Begin(GitHubIdentity.Reviewer, token, address));
        if (folder.Find(GitHubIdentity.Author) is not null)
        {
            var without = folder.Find(GitHubIdentity.Reviewer) is null;
            page.Append($"""
                <h2>3. Start</h2><form method="post" action="/setup/start">{Token(token)}<button>{(without ? "Start without a reviewer App" : "Start")}</button></form>
                """);
        }

        return Page("Set Muster up", page.ToString());
    }

    /// <summary>The one page whose form leaves for GitHub.</summary>
    public string GoOn(GitHubIdentity identity, Uri target, string manifest) => Page(
        $"The {Name(identity)} App on GitHub",
        $"""
        <p>GitHub at <b>{Text(github.Server.Host)}</b> now shows what the App asks for and lets you choose its name. Then it sends you back here.</p>
        <form method="post" action="{Text(target.AbsoluteUri)}"><input type="hidden" name="manifest" value="{Text(manifest)}"><button>Go on to GitHub</button></form>
        <p><a href="/setup">Back</a></p>
        """);

    public string Started() => Page(
        "Muster starts",
        $"""
        <p>It is configured, and from now on it serves webhooks; this page is gone. Install each App on the repositories that Muster is to work on:</p>
        <ul>{string.Concat(Enum.GetValues<GitHubIdentity>().Select(i => folder.Find(i)).OfType<StoredApp>().Select(app => $"<li>{Link(app, "/installations/new", $"install {app.Slug}")}</li>"))}</ul>
        <p>Then label an issue <code>agent:go</code>. <code>muster doctor</code> says whether all is in place.</p>
        """);

    public static string Sorry(string what, string remedy) => Page("That did not work", $"{Fault(what)}<p>{Text(remedy)}</p><p><a href=\"/setup\">Back to the setup</a></p>");

    private static string Begin(GitHubIdentity identity, string token, string address)
    {
        var manifest = AppManifest.Of(identity);
        var webhook = manifest.Listens
            ? $"""<p><label>Address at which GitHub reaches this program <input name="address" value="{Text(address)}" placeholder="https://muster.example" required size="40"></label></p>"""
            : "";
        return $"""
            <table><tr><th>it may</th><th></th><th>because</th></tr>{string.Concat(manifest.Permissions.Select(p => $"<tr><td>{Text(p.Key)}</td><td>{Text(p.Value)}</td><td>{Text(PermissionWords.Of(identity, p.Key) ?? "")}</td></tr>"))}
            {string.Concat(manifest.Events.Select(e => $"<tr><td>hear {Text(e)}</td><td></td><td>{Text(PermissionWords.OfEvent(e) ?? "")}</td></tr>"))}</table>
            <form method="post" action="/setup/begin">{Token(token)}<input type="hidden" name="app" value="{Name(identity)}">{webhook}
            <p><label>Organisation that shall own it; empty for your own account <input name="organization" autocomplete="off"></label></p><button>Register the {Name(identity)} App</button></form>
            """;
    }

    private static string Done(StoredApp app) => $"<p>Registered as <b>{Text(app.Slug)}</b>, App {app.AppId}. {Link(app, "", "its page on GitHub")}</p>";

    private static string Link(StoredApp app, string path, string words) =>
        Uri.TryCreate(app.HtmlUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? $"<a href=\"{Text(url.AbsoluteUri.TrimEnd('/') + path)}\">{Text(words)}</a>"
            : Text(words);

    private static string Token(string token) => $"<input type=\"hidden\" name=\"token\" value=\"{Text(token)}\">";

    private static string Fault(string? why) => why is null ? "" : $"<p class=\"fault\" role=\"alert\">{Text(why)}</p>";

    private static string Name(GitHubIdentity identity) => identity is GitHubIdentity.Author ? "author" : "reviewer";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Page(string title, string body) => $$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{Text(title)}}</title><meta name="viewport" content="width=device-width">
        <style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem;color:#222}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}.fault{color:#a33}</style>
        </head><body><h1>{{Text(title)}}</h1>{{body}}</body></html>
        """;
}
