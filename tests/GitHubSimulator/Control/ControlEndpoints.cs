using System.Net;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.Webhooks;

namespace Muster.GitHubSimulator.Control;

/// <summary>The doors behind the scenery: setting the stage, and looking at what was done. Loopback only.</summary>
internal sealed class ControlEndpoints(Simulation simulation)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/_sim");
        void On(string method, string pattern, Func<Call, Task<Reply>> handler) =>
            control.MapMethods(pattern, [method], http => AnswerAsync(http, handler));
        void Now(string method, string pattern, Func<Call, Reply> handler) => On(method, pattern, c => Task.FromResult(handler(c)));

        Now("POST", "/users", Stage.AddUser);
        Now("POST", "/apps", Stage.AddApp);
        Now("PUT", "/apps/{id}", Stage.ChangeApp);
        On("POST", "/repos", Stage.AddRepositoryAsync);
        Now("POST", "/deliveries/rules", SetRules);
        Now("POST", "/deliveries/release", ReleaseDeliveries);
        Now("POST", "/deliveries/{guid}/redeliver", Redeliver);
        Now("POST", "/repos/{id}/rename", RepositoryControl.Rename);
        Now("POST", "/repos/{id}/transfer", RepositoryControl.Transfer);
        On("POST", "/repos/{id}/forks", RepositoryControl.ForkAsync);
        Now("POST", "/repos/{id}/links", RepositoryControl.Link);
        Now("DELETE", "/repos/{id}", RepositoryControl.Delete);
        Now("POST", "/installations", InstallationControl.Choose);
        Now("POST", "/installations/{id}/suspend", InstallationControl.Suspend);
        Now("POST", "/installations/{id}/unsuspend", InstallationControl.Unsuspend);
        Now("DELETE", "/installations/{id}", InstallationControl.Uninstall);
        Now("PUT", "/settings", ChangeSettings);
        Now("POST", "/faults", FaultControl.Add);
        Now("GET", "/faults", FaultControl.List);
        Now("DELETE", "/faults", FaultControl.Clear);
        Now("DELETE", "/faults/{id}", FaultControl.Remove);
        Now("POST", "/faults/release", FaultControl.Release);
        Now("GET", "/limits", _ => Reply.Ok(simulation.Limits.ToJson()));
        Now("PUT", "/limits", ChangeLimits);
        Now("DELETE", "/limits", ForgetLimits);
        Now("GET", "/journal", c => Reply.Ok(simulation.Journal.After(After(c))));
        Now("GET", "/deliveries", c => Reply.Ok(simulation.Webhooks.After(After(c))));
        Now("GET", "/idle", _ => Idle());
    }

    private async Task AnswerAsync(HttpContext http, Func<Call, Task<Reply>> handler)
    {
        Reply reply;
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            if (http.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
                throw ApiRefusal.NotFound();
            reply = await handler(new Call(http, simulation, Actor.Nobody, JournalDraft.Of(http).Bytes));
        }
        catch (ApiRefusal refusal)
        {
            reply = new Reply(refusal.Status, refusal.ToJson());
        }
        finally
        {
            simulation.World.Gate.Release();
        }

        await reply.WriteAsync(http.Response);
    }

    private static int After(Call call) =>
        int.TryParse(call.Query("after"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0;

    private Reply SetRules(Call call)
    {
        simulation.Webhooks.Rule(WebhookRules.Read(call));
        return Reply.NoContent;
    }

    private Reply ReleaseDeliveries(Call call)
    {
        ReleaseOrder? order = call.Text("order") switch
        {
            null or "as-sent" => ReleaseOrder.AsSent,
            "reversed" => ReleaseOrder.Reversed,
            "shuffled" => ReleaseOrder.Shuffled,
            _ => null,
        };
        if (order is null)
            throw new ApiRefusal(422, "order is as-sent, reversed or shuffled.");
        return Reply.Ok(new JsonObject { ["released"] = simulation.Webhooks.Release(order.Value, Count(call, "seed")) });
    }

    /// <summary>How far GitHub's clock is off, and how long its tokens are.</summary>
    private Reply ChangeSettings(Call call)
    {
        if (call.Body["clockOffset"] is { } offset)
            simulation.World.Time.Offset = TimeSpan.FromSeconds(offset.GetValue<double>());
        if (call.Body["tokenLength"] is { } length)
            simulation.World.TokenLength = length.GetValue<int>() is var n && n is 40 or 520 ? n : throw new ApiRefusal(422, "tokenLength is 40 or 520.");
        return Reply.Ok(new JsonObject { ["clockOffset"] = simulation.World.Time.Offset.TotalSeconds, ["tokenLength"] = simulation.World.TokenLength });
    }

    private Reply ChangeLimits(Call call) => simulation.Limits.TryChange(JournalDraft.Of(call.Http).Body ?? "{}", out var fault)
        ? Reply.Ok(simulation.Limits.ToJson()["settings"]!.DeepClone())
        : throw new ApiRefusal(422, fault);

    private Reply ForgetLimits(Call call)
    {
        simulation.Limits.Reset();
        return Reply.NoContent;
    }

    private static int Count(Call call, string name) => call.Body[name]?.GetValue<int>() ?? 0;

    private Reply Redeliver(Call call) =>
        Guid.TryParse(call.Route("guid"), out var key) && simulation.Webhooks.Redeliver(d => d.Key == key) is { } again
            ? new Reply(202, new JsonObject { ["id"] = again.Id, ["guid"] = again.Key.ToString() })
            : throw ApiRefusal.NotFound();

    private Reply Idle()
    {
        var pending = simulation.Webhooks.Pending;
        return Reply.Ok(new JsonObject { ["idle"] = pending == 0 && simulation.Journal.UnderWay == 0, ["pendingDeliveries"] = pending, ["heldDeliveries"] = simulation.Webhooks.Held });
    }
}
