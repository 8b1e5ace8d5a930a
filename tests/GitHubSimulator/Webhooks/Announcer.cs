using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>Tells every App on a repository what happened there, its own acts included.</summary>
internal sealed class Announcer(World world, WebhookQueue queue)
{
    public void Say(Repository repository, string name, string? action, By by, Action<JsonObject> fill)
    {
        string? rendered = null;
        foreach (var installation in world.InstallationsOn(repository))
        {
            if (installation.App.WebhookUrl is null || installation.SuspendedAt is not null || !installation.App.Events.Contains(name))
                continue;
            if (rendered is null)
            {
                var payload = new JsonObject();
                if (action is not null)
                    payload["action"] = action;
                fill(payload);
                payload["repository"] = RepositoryJson.Of(world, repository);
                if (repository.Owner.IsOrganization)
                    payload["organization"] = AccountJson.Organization(world, repository.Owner);
                payload["sender"] = AccountJson.Of(world, by.User);
                rendered = Reply.Text(payload);
            }

            var body = $"{rendered[..^1]},\"installation\":{{\"id\":{installation.Id},\"node_id\":\"{Node.Id("MDIzOkludGVncmF0aW9u", installation.Id)}\"}}}}";
            queue.Send(installation.App, name, action, body, installation.Id, repository.Id);
        }
    }

    /// <summary>What every App hears without asking for it.</summary>
    public void SayToApp(Installation installation, string name, string action, Action<JsonObject> fill)
    {
        if (installation.App.WebhookUrl is null)
            return;
        var payload = new JsonObject { ["action"] = action, ["installation"] = AppJson.Installation(world, installation) };
        fill(payload);
        payload["sender"] = AccountJson.Of(world, installation.Account);
        queue.Send(installation.App, name, action, Reply.Text(payload), installation.Id, null);
    }

    public void Ping(AppRegistration app)
    {
        if (app.WebhookUrl is null)
            return;
        queue.Send(app, "ping", null, Reply.Text(AppJson.Ping(world, app)), null, null);
    }
}
