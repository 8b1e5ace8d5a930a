using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Api;
using Muster.GitHubSimulator.Control;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Pages;

/// <summary>
/// The pages through which a person registers an App from a manifest and installs it. Nobody logs in here: whoever sits
/// at this machine is the owner.
/// </summary>
internal sealed class AppPages(Simulation simulation)
{
    private const string Person = "octocat";

    public void Map(IEndpointRouteBuilder routes)
    {
        void On(string method, string pattern, Func<HttpContext, IFormCollection, IResult> page) =>
            routes.MapMethods(pattern, [method], http => AnswerAsync(http, page));

        foreach (var settings in new[] { "/settings/apps", "/organizations/{org}/settings/apps" })
        {
            On("GET", settings + "/new", (_, _) => Show(200, "Register new GitHub App", Html.Of($"<p>Send a manifest here, by a form with the field manifest.</p>")));
            On("POST", settings + "/new", Confirm);
            On("POST", settings, Create);
        }

        On("GET", "/apps/{slug}", (http, _) => App(http) is { } app ? Show(200, app.Name ?? app.Slug, Html.Of($"<a href=\"/apps/{app.Slug}/installations/new\">Install</a>")) : Missing());
        On("GET", "/apps/{slug}/installations/new", (http, _) => App(http) is { } app ? Choose(app) : Missing());
        On("POST", "/apps/{slug}/installations/new", Install);
    }

    private static IResult Confirm(HttpContext http, IFormCollection form)
    {
        if (AppManifest.Read(form["manifest"], out var faults) is not { } manifest)
            return Refuse(faults);
        return Show(200, $"Create GitHub App for {Owner(http)}", Html.Of($"""
            <form method="post" action="{http.Request.Path.Value![..^"/new".Length]}">
            <input type="hidden" name="manifest" value="{form["manifest"]}"><input type="hidden" name="state" value="{http.Request.Query["state"]}">
            <label>GitHub App name <input name="name" value="{manifest.Name}"></label>
            <button type="submit">Create GitHub App for {Owner(http)}</button></form>
            """));
    }

    private IResult Create(HttpContext http, IFormCollection form)
    {
        if (AppManifest.Read(form["manifest"], out var faults) is not { } manifest)
            return Refuse(faults);
        if (form["name"].ToString() is { Length: > 0 } name)
            manifest = manifest with { Name = name };
        if (simulation.World.IsTaken(manifest))
            return Refuse(["Name is already taken."]);
        var code = simulation.Register(manifest, Stage.Owner(simulation.World, Owner(http), http.Request.RouteValues.ContainsKey("org") ? "Organization" : "User"));
        var back = manifest.RedirectUrl ?? manifest.Url;
        return Results.Redirect($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={code}&state={Uri.EscapeDataString(form["state"].ToString())}");
    }

    private IResult Choose(AppRegistration app) => Show(200, $"Install {app.Name ?? app.Slug}", Html.Of($"""
        <form method="post">{Html.Join(simulation.World.Repositories.Select(r => Html.Of(
            $"<p><label><input type=\"checkbox\" name=\"repository_ids\" value=\"{r.Id}\"> {r.FullName}</label></p>")))}
        <button type="submit">Install</button></form>
        """));

    private IResult Install(HttpContext http, IFormCollection form)
    {
        if (App(http) is not { } app)
            return Missing();
        var chosen = simulation.World.Repositories.FindAll(r => form["repository_ids"].Contains($"{r.Id}") && !simulation.World.InstallationsOn(r).Any(i => i.App == app));
        if (chosen.Count == 0)
            return Refuse(["Choose at least one repository that does not have the App yet."]);
        var installed = chosen.Select(r => Stage.Install(simulation, r, app.Id)).Last();
        var after = app.SetupUrl ?? $"/apps/{app.Slug}";
        return Results.Redirect($"{after}{(after.Contains('?', StringComparison.Ordinal) ? '&' : '?')}installation_id={installed.Id}&setup_action=install");
    }

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, IFormCollection, IResult> page)
    {
        // The body was taken in for the journal, so it is read from there.
        http.Request.Body = new MemoryStream(JournalDraft.Of(http).Bytes);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        IResult result;
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            result = page(http, form);
        }
        catch (ApiRefusal refusal)
        {
            result = Refuse([refusal.Message]);
        }
        finally
        {
            simulation.World.Gate.Release();
        }

        await result.ExecuteAsync(http);
    }

    private static string Owner(HttpContext http) => http.Request.RouteValues["org"] as string ?? Person;

    private AppRegistration? App(HttpContext http) =>
        simulation.World.Apps.Values.FirstOrDefault(a => a.Slug == (string)http.Request.RouteValues["slug"]!);

    private static IResult Refuse(IReadOnlyList<string> faults) => Show(
        422, "Invalid GitHub App configuration", Html.Of($"<ul>{Html.Join(faults.Select(f => Html.Of($"<li>{f}</li>")))}</ul>"));

    private static IResult Missing() => Show(404, "Not found", Html.Empty);

    private static IResult Show(int status, string title, Html body) =>
        Results.Text(Layout.Page(title, Html.Of($"<h1>{title}</h1>{body}")).Markup, "text/html; charset=utf-8", statusCode: status);
}
