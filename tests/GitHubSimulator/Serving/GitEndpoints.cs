using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>Clone, fetch and push: who may, and what a push means to the rest of the world.</summary>
internal sealed class GitEndpoints(Simulation simulation)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{owner}/{repo}/info/refs", http => ServeAsync(http, http.Request.Query["service"].ToString()));
        routes.MapPost("/{owner}/{repo}/git-upload-pack", http => ServeAsync(http, "git-upload-pack"));
        routes.MapPost("/{owner}/{repo}/git-receive-pack", http => ServeAsync(http, "git-receive-pack"));
    }

    private async Task ServeAsync(HttpContext http, string service)
    {
        var draft = JournalDraft.Of(http);
        Repository repository;
        if (HttpMethods.IsGet(http.Request.Method) && await NewAddressAsync(http) is { } address)
        {
            http.Response.Redirect(address, permanent: true);
            return;
        }

        try
        {
            repository = await AdmitAsync(http, draft, service);
        }
        catch (ApiRefusal refusal)
        {
            await RefuseAsync(http.Response, refusal);
            return;
        }

        var path = $"/{Path.GetFileName(repository.Git.Directory)}/{http.Request.Path.Value!.Split('/', 4)[3]}";
        var root = Path.GetDirectoryName(repository.Git.Directory)!;
        var user = draft.Actor.By?.User.Login ?? "anonymous";
        CgiAnswer answer;
        if (service == "git-receive-pack" && HttpMethods.IsPost(http.Request.Method))
            answer = await PushAsync(http, repository, draft.Actor, root, path, user);
        else
            answer = await GitHttp.RunAsync(http, root, path, user);
        draft.BodySha256 = answer.RequestSha256;
        await answer.WriteAsync(http.Response);
    }

    // git follows the first redirect and stays there; whether the asker may see it is said at the new address.
    private async Task<string?> NewAddressAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/', 4);
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            var name = parts[2].EndsWith(".git", StringComparison.Ordinal) ? parts[2][..^4] : parts[2];
            return simulation.World.FormerRepository(parts[1], name) is { } repository
                ? $"{simulation.World.Url}/{repository.FullName}.git/{parts[3]}{http.Request.QueryString}"
                : null;
        }
        finally
        {
            simulation.World.Gate.Release();
        }
    }

    private async Task<Repository> AdmitAsync(HttpContext http, JournalDraft draft, string service)
    {
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            draft.Actor = Authenticator.Read(simulation.World, http.Request.Headers.Authorization);
            if (draft.Actor is Actor.App)
                throw ApiRefusal.BadCredentials();
            if (service is not ("git-upload-pack" or "git-receive-pack"))
                throw new ApiRefusal(403, "Please upgrade your git client.");
            var name = http.Request.RouteValues["repo"] as string ?? "";
            if (name.EndsWith(".git", StringComparison.Ordinal))
                name = name[..^4];
            var pushes = service == "git-receive-pack";
            // A client that has not said who it is gets asked, whether or not there is anything to see.
            if (!simulation.World.TryRepository(http.Request.RouteValues["owner"] as string ?? "", name, out var repository)
                || !Access.Sees(draft.Actor, repository))
                throw draft.Actor is Actor.Anonymous ? new ApiRefusal(401, "Repository not found.") : new ApiRefusal(404, "Repository not found.");
            if (pushes && draft.Actor is Actor.Anonymous)
                throw new ApiRefusal(401, "No anonymous write access.");
            if (pushes ? !Access.MayPush(draft.Actor, repository) : !Access.MayFetch(draft.Actor))
                throw new ApiRefusal(403, $"Permission to {repository.FullName}.git denied to {draft.Actor.By?.User.Login}.");
            return repository;
        }
        finally
        {
            simulation.World.Gate.Release();
        }
    }

    private async Task<CgiAnswer> PushAsync(HttpContext http, Repository repository, Actor actor, string root, string path, string user)
    {
        await repository.Pushing.WaitAsync(http.RequestAborted);
        try
        {
            return await GitHttp.RunAsync(http, root, path, user);
        }
        finally
        {
            // Also when the client went away: what git has stored has happened.
            await NoticeAsync(repository, actor);
            repository.Pushing.Release();
        }
    }

    private async Task NoticeAsync(Repository repository, Actor actor)
    {
        await simulation.World.Gate.WaitAsync();
        try
        {
            await simulation.NoticeRefsAsync(repository, actor.By!);
        }
        finally
        {
            simulation.World.Gate.Release();
        }
    }

    private static async Task RefuseAsync(HttpResponse response, ApiRefusal refusal)
    {
        response.StatusCode = refusal.Status;
        if (refusal.Status == 401)
            response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(refusal.Message + "\n");
    }
}
