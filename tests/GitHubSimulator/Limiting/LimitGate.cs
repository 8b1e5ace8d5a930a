using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>Learns who asks, and holds installations to GitHub's limits.</summary>
internal sealed class LimitGate(Simulation simulation)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var draft = JournalDraft.Of(http);
        if (draft.BehindTheScenes)
        {
            await next(http);
            return;
        }

        draft.Actor = await WhoAsync(http);
        if (!IsApi(http.Request))
        {
            await next(http);
            return;
        }

        var path = http.Request.Path.Value ?? "";
        var (ticket, refusal) = simulation.Limits.Enter(draft.Caller, Weight.Of(http.Request.Method, path, draft.Bytes), http.Request.Method, path);
        if (refusal is not null)
        {
            draft.Fault = "limit";
            refusal.Mark(http);
            ResponseHeaders.Add(http, simulation.World);
            await refusal.WriteAsync(http.Response);
            return;
        }

        http.Features.Set(ticket);
        try
        {
            await next(http);
        }
        finally
        {
            ticket!.Leave(draft.IsCut ? 0 : http.Response.StatusCode);
        }
    }

    // Git and pages are not rate limited here.
    private static bool IsApi(HttpRequest request) => request.Path.Value is { } path
        && (path == "/graphql"
            || path.Split('/') is ["", "repos" or "repositories" or "app" or "installation" or "user" or "app-manifests", ..]);

    // Whom it does not know the endpoint refuses, in its own words.
    private async Task<Actor> WhoAsync(HttpContext http)
    {
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            return Authenticator.Read(simulation.World, http.Request.Headers.Authorization);
        }
        catch (ApiRefusal)
        {
            return Actor.Nobody;
        }
        finally
        {
            simulation.World.Gate.Release();
        }
    }
}
