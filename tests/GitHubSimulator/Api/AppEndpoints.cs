using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>The App about itself and its installations, by JWT.</summary>
internal static class AppEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/app", Need.Jwt, Self);
        routes.Get("/app/installations", Need.Jwt, c => c.Page([.. Mine(c)], i => AppJson.Installation(c.World, i)));
        routes.Get("/app/installations/{id}", Need.Jwt, c => Reply.Ok(AppJson.Installation(c.World, Find(c))));
        routes.Get("/repos/{owner}/{repo}/installation", Need.Jwt, OnRepository);
    }

    public static Installation Find(Call call)
    {
        var id = call.Id();
        return Mine(call).FirstOrDefault(i => i.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static IEnumerable<Installation> Mine(Call call) => call.World.Installations.Where(i => i.App == call.By.App);

    private static Reply Self(Call call)
    {
        var json = AppJson.Of(call.World, call.By.App!);
        json["installations_count"] = Mine(call).Count();
        return Reply.Ok(json);
    }

    private static Reply OnRepository(Call call)
    {
        if (call.World.FormerRepository(call.Route("owner"), call.Route("repo")) is { } moved && Mine(call).Any(i => i.Repositories.Contains(moved)))
            throw new Moved(moved);
        return call.World.TryRepository(call.Route("owner"), call.Route("repo"), out var repository)
            && Mine(call).FirstOrDefault(i => i.Repositories.Contains(repository)) is { } installation
                ? Reply.Ok(AppJson.Installation(call.World, installation))
                : throw ApiRefusal.NotFound();
    }
}
