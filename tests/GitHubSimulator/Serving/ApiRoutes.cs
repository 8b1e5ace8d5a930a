using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;

namespace Muster.GitHubSimulator.Serving;

/// <summary>Maps an endpoint and stands before it: authentication, permission, the world's gate, GitHub's headers.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, Simulation simulation)
{
    public void Get(string pattern, Need need, Func<Call, Task<Reply>> handler) => Map("GET", pattern, need, handler);

    public void Get(string pattern, Need need, Func<Call, Reply> handler) => Map("GET", pattern, need, c => Task.FromResult(handler(c)));

    public void Post(string pattern, Need need, Func<Call, Task<Reply>> handler) => Map("POST", pattern, need, handler);

    public void Post(string pattern, Need need, Func<Call, Reply> handler) => Map("POST", pattern, need, c => Task.FromResult(handler(c)));

    public void Put(string pattern, Need need, Func<Call, Task<Reply>> handler) => Map("PUT", pattern, need, handler);

    public void Patch(string pattern, Need need, Func<Call, Task<Reply>> handler) => Map("PATCH", pattern, need, handler);

    public void Delete(string pattern, Need need, Func<Call, Task<Reply>> handler) => Map("DELETE", pattern, need, handler);

    private void Map(string method, string pattern, Need need, Func<Call, Task<Reply>> handler) =>
        routes.MapMethods(pattern, [method], http => AnswerAsync(http, need, handler));

    private async Task AnswerAsync(HttpContext http, Need need, Func<Call, Task<Reply>> handler)
    {
        var draft = JournalDraft.Of(http);
        Reply reply;
        await simulation.World.Gate.WaitAsync(http.RequestAborted);
        try
        {
            ApiVersion.Check(http.Request);
            draft.Actor = Authenticator.Read(simulation.World, http.Request.Headers.Authorization);
            var call = new Call(http, simulation, draft.Actor, draft.Bytes);
            need.Check(call);
            reply = Remembered(call, draft, await handler(call));
        }
        catch (Moved moved)
        {
            reply = moved.ToReply(http, simulation.World.Url);
        }
        catch (ApiRefusal refusal)
        {
            reply = new Reply(refusal.Status, refusal.ToJson());
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            // A property of another JSON type than the endpoint reads.
            reply = new Reply(422, new ApiRefusal(422, $"Invalid request.\n\n{fault.Message}").ToJson());
        }
        catch (GitFailure failure)
        {
            reply = new Reply(500, new ApiRefusal(500, failure.Message).ToJson());
        }
        finally
        {
            simulation.World.Gate.Release();
        }

        ResponseHeaders.Add(http, simulation.World);
        await ETags.Spare(http, reply).WriteAsync(http.Response);
    }

    /// <summary>A list that is to be stale says what it said last.</summary>
    private Reply Remembered(Call call, JournalDraft draft, Reply reply)
    {
        if (!call.IsList)
            return reply;
        var key = $"{draft.Actor.By?.User.Login} {call.Request.Path}{call.Request.QueryString}";
        if (call.Stale is not null)
            return simulation.Lists.Find(key) ?? reply;
        if (simulation.Faults.Remembers(draft.ForFaults(call.Request)))
            simulation.Lists.Keep(key, reply);
        return reply;
    }
}
