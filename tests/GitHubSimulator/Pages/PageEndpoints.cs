using System.Globalization;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Pages;

/// <summary>A few plain pages to look at what happened. On loopback everything may be looked at, private or not.</summary>
internal sealed class PageEndpoints(World world)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        void On(string pattern, Func<HttpContext, Task<Html?>> page) => routes.MapGet(pattern, http => ShowAsync(http, page));

        On("/", _ => Task.FromResult<Html?>(ListPages.Repositories(world)));
        On("/{owner}/{repo}", http => Task.FromResult(Find(http) is { } r ? ListPages.Repository(r) : null));
        On("/{owner}/{repo}/issues", http => Task.FromResult(Find(http) is { } r ? ListPages.Issues(r) : null));
        On("/{owner}/{repo}/issues/{number}", ConversationAsync);
        On("/{owner}/{repo}/pull/{number}", ConversationAsync);
    }

    private Repository? Find(HttpContext http) =>
        world.TryRepository((string)http.Request.RouteValues["owner"]!, (string)http.Request.RouteValues["repo"]!, out var repository)
            ? repository
            : null;

    // GitHub sends either address to where the number belongs; here both simply show it.
    private async Task<Html?> ConversationAsync(HttpContext http)
    {
        if (Find(http) is not { } repository
            || !int.TryParse((string)http.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !repository.Issues.TryGetValue(number, out var issue))
            return null;
        return issue.Pull is { } pull ? await PullPage.RenderAsync(repository, pull) : IssuePage.Render(repository, issue);
    }

    private async Task ShowAsync(HttpContext http, Func<HttpContext, Task<Html?>> page)
    {
        Html? html;
        await world.Gate.WaitAsync(http.RequestAborted);
        try
        {
            html = await page(http);
        }
        finally
        {
            world.Gate.Release();
        }

        // An API client that strays here (an operation nobody simulates) must get what GitHub's API would say.
        if (html is null && http.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal))
        {
            await new Reply(404, ApiRefusal.NotFound().ToJson()).WriteAsync(http.Response);
            return;
        }

        http.Response.StatusCode = html is null ? 404 : 200;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        await http.Response.WriteAsync((html ?? Layout.Page("Not found", Html.Of($"<h1>Not found</h1>"))).Markup);
    }
}
