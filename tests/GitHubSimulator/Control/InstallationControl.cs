using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Control;

/// <summary>What an account's owner does with an installed App.</summary>
internal static class InstallationControl
{
    public static Reply Suspend(Call call)
    {
        var installation = Find(call);
        if (installation.SuspendedAt is not null)
            return Reply.NoContent;
        installation.SuspendedAt = call.World.Now;
        Say(call, installation, "suspend");
        return Reply.NoContent;
    }

    public static Reply Unsuspend(Call call)
    {
        var installation = Find(call);
        if (installation.SuspendedAt is null)
            return Reply.NoContent;
        // What was minted before it does not come back.
        Forget(call.World, installation);
        installation.SuspendedAt = null;
        Say(call, installation, "unsuspend");
        return Reply.NoContent;
    }

    public static Reply Uninstall(Call call)
    {
        var installation = Find(call);
        Forget(call.World, installation);
        call.World.Installations.Remove(installation);
        Say(call, installation, "deleted");
        return Reply.NoContent;
    }

    /// <summary>Puts an App on a repository, or takes it off: <c>{appId, repositoryId, remove?}</c>.</summary>
    public static Reply Choose(Call call)
    {
        var id = call.Body["repositoryId"]?.GetValue<long>();
        var repository = call.World.Repositories.Find(r => r.Id == id) ?? throw ApiRefusal.NotFound();
        var app = call.Body["appId"]?.GetValue<long>() ?? 0;
        if (call.Flag("remove") != true)
            return Reply.Created(new JsonObject { ["id"] = Stage.Install(call, repository, app).Id });
        var installation = call.World.InstallationsOn(repository).FirstOrDefault(i => i.App.Id == app) ?? throw ApiRefusal.NotFound();
        TakeOff(call, installation, repository);
        return Reply.Ok(new JsonObject { ["id"] = installation.Id });
    }

    public static void TakeOff(Call call, Installation installation, Repository repository)
    {
        installation.Repositories.Remove(repository);
        call.Simulation.Announce.SayToApp(installation, "installation_repositories", "removed", p =>
        {
            p["repository_selection"] = "selected";
            p["repositories_added"] = new JsonArray();
            p["repositories_removed"] = Node.List([AppJson.Repository(repository)]);
            p["requester"] = null;
        });
    }

    private static Installation Find(Call call)
    {
        var id = call.Id();
        return call.World.Installations.Find(i => i.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static void Forget(World world, Installation installation)
    {
        foreach (var secret in world.InstallationTokens.Where(t => t.Value.Installation == installation).Select(t => t.Key).ToList())
            world.InstallationTokens.Remove(secret);
    }

    private static void Say(Call call, Installation installation, string action) =>
        call.Simulation.Announce.SayToApp(installation, "installation", action, p =>
        {
            p["repositories"] = Node.List(installation.Repositories.Select(AppJson.Repository));
            p["requester"] = null;
        });
}
