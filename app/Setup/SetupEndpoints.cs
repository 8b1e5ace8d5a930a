using System.Net;
using Microsoft.Extensions.Primitives;
using Muster.App.GitHub;
using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>
/// The manifest flow: a form here, GitHub's own page, and back with a code that is traded for the credentials. Whoever
/// is not the browser that was let in sees the door and nothing else.
/// </summary>
internal sealed class SetupEndpoints(GitHubAddress github, SetupFolder folder, SetupDoor door, ManifestConversion conversion, Action finished)
{
    private const string Cookie = "muster-setup";
    private const int LongestField = 2_000;

    private readonly SetupPages pages = new(github, folder);
    private readonly Dictionary<GitHubIdentity, RegisteredApp> unstored = [];

    public void Map(WebApplication app)
    {
        app.Use(OnlyHereAsync);
        app.MapGet("/setup", Answer(http => Task.FromResult(door.IsIn(http.Request.Cookies[Cookie]) ? Html(Overview(http)) : AskForCode(http, null))));
        app.MapPost("/setup/code", Answer(EnterAsync));
        app.MapPost("/setup/begin", Answer(http => FormAsync(http, form => Begin(http, form))));
        app.MapPost("/setup/store", Answer(http => FormAsync(http, _ => StoreAll() is { } why ? Html(Overview(http, why), 500) : Results.Redirect("/setup"))));
        app.MapPost("/setup/start", Answer(http => FormAsync(http, _ => Start(http))));
        app.MapGet("/setup/registered", Answer(RegisteredAsync));
    }

    private static RequestDelegate Answer(Func<HttpContext, Task<IResult>> act) => async http => await (await act(http)).ExecuteAsync(http);

    /// <summary>Loopback, called by a name of loopback, and not through a proxy or a tunnel, which would bring strangers along.</summary>
    private static Task OnlyHereAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // No limit on where forms go: the one that leaves is ours, and GitHub redirects on as it likes.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
        var here = http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && Listening.IsLoopback(http.Request.Host.Host)
            && !http.Request.Headers.ContainsKey("Forwarded") && !http.Request.Headers.ContainsKey("X-Forwarded-For");
        if (here)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private IResult AskForCode(HttpContext http, string? why)
    {
        door.ShowCode($"{Origin(http)}/setup");
        return Html(SetupPages.Code(why), why is null ? 200 : 403);
    }

    private async Task<IResult> EnterAsync(HttpContext http)
    {
        var form = await ReadAsync(http);
        if (door.Enter(Field(form, "code") ?? "", out var why) is not { } cookie)
            return AskForCode(http, why);
        // Lax: GitHub's redirect back is a plain navigation, and must find the browser let in.
        http.Response.Cookies.Append(Cookie, cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/setup", Secure = http.Request.IsHttps });
        return Results.Redirect("/setup");
    }

    private IResult Begin(HttpContext http, IFormCollection form)
    {
        GitHubIdentity? asked = Field(form, "app") switch { "author" => GitHubIdentity.Author, "reviewer" => GitHubIdentity.Reviewer, _ => null };
        if (asked is not { } identity)
            return Html(Overview(http, "Neither the author nor the reviewer App was asked for."), 400);
        if (folder.Find(identity) is { } there)
            return Html(Overview(http, $"That App is registered already, as {there.Slug}."), 409);
        if (folder.WhyNotWritable() is { } locked)
            return Html(Overview(http, $"Nothing can be written to {folder.Path} ({locked}), so the App's key would be lost. Make the folder writable for the user who runs ./bot up, then try again."), 500);

        var manifest = AppManifest.Of(identity);
        Uri? webhook = null;
        if (manifest.Listens && SetupAddress.Webhook(Field(form, "address"), github, out webhook) is { } unfit)
            return Html(Overview(http, unfit), 400);
        var owner = Field(form, "organization") ?? "";
        if (!SetupAddress.IsOwner(owner))
            return Html(Overview(http, "The name of an organisation has letters, digits and dashes only."), 400);

        var target = SetupAddress.NewApp(github, owner, door.Begin(identity));
        return Html(pages.GoOn(identity, target, manifest.ToJson(webhook, new Uri($"{Origin(http)}/setup/registered"))));
    }

    private async Task<IResult> RegisteredAsync(HttpContext http)
    {
        if (!door.IsIn(http.Request.Cookies[Cookie]))
            return AskForCode(http, "This is not the browser that began. Enter the code, then register the App again.");
        var (code, state) = (One(http.Request.Query["code"]), One(http.Request.Query["state"]));
        if (door.Began(state, out var why) is not { } identity)
            return Html(SetupPages.Sorry(why, "Begin again from the setup page; an App that GitHub has made meanwhile can be deleted on its page there."), 403);
        if (Registered(identity) is { } there)
            return Html(TooLate(there), 409);
        switch (await conversion.AskAsync(identity, code, http.RequestAborted))
        {
            case Converted.Unreachable lost:
                return Html(SetupPages.Sorry(lost.Why, "Nothing is lost: reload this page to ask again, within an hour. Muster__GitHub__ApiUrl says where GitHub is asked."), 502);
            case Converted.Refused refused:
                return Html(SetupPages.Sorry(refused.Why, "Begin again from the setup page, and delete the App that GitHub has made, if it has, on its page there."), 400);
            case Converted.Made { App: var app }:
                door.End(state!);
                // Another tab may have come back from GitHub in the meantime: the key that is there is never overwritten.
                lock (unstored)
                {
                    if (Registered(identity) is { } first)
                        return Html(TooLate(first), 409);
                    unstored[identity] = app;
                }

                break;
        }

        return StoreAll() is { } unwritten ? Html(Overview(http, unwritten), 500) : Results.Redirect("/setup");
    }

    private string? Registered(GitHubIdentity identity) => folder.Find(identity)?.Slug ?? unstored.GetValueOrDefault(identity)?.Slug;

    private static string TooLate(string there) => SetupPages.Sorry(
        $"That App is registered already, as {there}, and its key is kept.",
        "The App that GitHub has made just now is not used: delete it on its page there.");

    private IResult Start(HttpContext http)
    {
        if (folder.Find(GitHubIdentity.Author) is null || unstored.Count > 0)
            return Html(Overview(http, "The author App is not there yet, and nothing runs without it."), 409);
        try
        {
            if (folder.Find(GitHubIdentity.Reviewer) is null)
                folder.StoreOneApp();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Html(Overview(http, $"{folder.Path} cannot be written: {fault.Message}"), 500);
        }

        http.Response.OnCompleted(() =>
        {
            finished();
            return Task.CompletedTask;
        });
        http.Response.Headers.Connection = "close";
        return Html(pages.Started());
    }

    /// <summary>Writes down what GitHub gave; the sentence that says why not, where it cannot be.</summary>
    private string? StoreAll()
    {
        foreach (var (identity, app) in unstored.ToList())
        {
            try
            {
                folder.Store(identity, app);
                unstored.Remove(identity);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return $"The credentials of {app.Slug} could not be written to {folder.Path}: {fault.Message}";
            }
        }

        return null;
    }

    private string Overview(HttpContext http, string? why = null) =>
        pages.Overview(door.FormToken, github.Server.IsLoopback ? Origin(http) : "", why, unstored);

    private async Task<IResult> FormAsync(HttpContext http, Func<IFormCollection, IResult> act)
    {
        if (!door.IsIn(http.Request.Cookies[Cookie]))
            return AskForCode(http, "This browser has not been let in. Enter the code.");
        var form = await ReadAsync(http);
        return door.IsOurForm(Field(form, "token"))
            ? act(form)
            : Html(SetupPages.Sorry("This form did not come from the page that is open here.", "Go back to the setup page and use the form there."), 403);
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext http) =>
        http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;

    private static string? Field(IFormCollection form, string name) => One(form[name])?.Trim();

    private static string? One(StringValues values) => values is [{ Length: <= LongestField } only] ? only : null;

    private static string Origin(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    private static IResult Html(string page, int status = 200) => Results.Content(page, "text/html; charset=utf-8", statusCode: status);
}
