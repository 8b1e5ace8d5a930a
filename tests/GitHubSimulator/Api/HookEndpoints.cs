using System.Globalization;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.Webhooks;

namespace Muster.GitHubSimulator.Api;

/// <summary>What was sent to the App, and sending it once more: the only way to recover a lost webhook.</summary>
internal static class HookEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/app/hook/deliveries", Need.Jwt, List);
        routes.Get("/app/hook/deliveries/{id}", Need.Jwt, One);
        routes.Post("/app/hook/deliveries/{id}/attempts", Need.Jwt, Again);
    }

    private static IEnumerable<Delivery> Mine(Call call) => call.Simulation.Webhooks.All().Where(d => d.App == call.By.App);

    // GitHub pages this list by a cursor, newest first.
    private static Reply List(Call call)
    {
        var found = Mine(call).Where(d => d.DeliveredAt is not null).OrderByDescending(d => d.Id);
        var size = int.TryParse(call.Query("per_page"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 100) : 30;
        var cursor = long.TryParse(call.Query("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : long.MaxValue;
        var rest = found.Where(d => d.Id < cursor).ToList();
        var page = rest.Take(size).ToList();
        var link = rest.Count > size
            ? $"<{call.World.Url}/app/hook/deliveries?per_page={size}&cursor={page[^1].Id}>; rel=\"next\""
            : null;
        return new Reply(200, new JsonArray([.. page.Select(d => (JsonNode)Render(d))]), link);
    }

    private static Delivery Find(Call call)
    {
        var id = call.Id();
        return Mine(call).FirstOrDefault(d => d.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static Reply One(Call call)
    {
        var delivery = Find(call);
        var json = Render(delivery);
        json["url"] = delivery.App.WebhookUrl ?? "";
        json["request"] = new JsonObject
        {
            ["headers"] = new JsonObject { ["X-GitHub-Delivery"] = delivery.Key.ToString(), ["X-GitHub-Event"] = delivery.Event },
            ["payload"] = JsonNode.Parse(delivery.Body),
        };
        json["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = "" };
        return Reply.Ok(json);
    }

    private static Reply Again(Call call)
    {
        var id = Find(call).Id;
        call.Simulation.Webhooks.Redeliver(d => d.Id == id);
        return new Reply(202, new JsonObject());
    }

    private static JsonObject Render(Delivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.Key.ToString(),
        ["delivered_at"] = delivery.DeliveredAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["redelivery"] = delivery.Redelivery,
        ["duration"] = Math.Round(delivery.Duration.TotalSeconds, 2),
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["installation_id"] = delivery.InstallationId,
        ["repository_id"] = delivery.RepositoryId,
        ["throttled_at"] = null,
    };
}
