using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Faults;

/// <summary>Stands between the journal and every act, and lets happen what is planned.</summary>
internal sealed class FaultGate(Simulation simulation)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var draft = JournalDraft.Of(http);
        if (draft.BehindTheScenes || simulation.Faults.Take(draft.ForFaults(http.Request)) is not { } fault)
        {
            await next(http);
            return;
        }

        draft.Fault = LiveFault.NameOf(fault.Rule.Kind);
        var time = simulation.World.Time;
        switch (fault.Rule.Kind)
        {
            case FaultKind.FailBefore:
                await FailAsync(http, fault.Rule);
                break;
            case FaultKind.FailAfter:
                draft.Effect = await HiddenAsync(http, next);
                http.Response.Clear();
                await FailAsync(http, fault.Rule);
                break;
            case FaultKind.CutBefore:
                Cut(http, draft);
                break;
            case FaultKind.Cut:
                draft.Effect = await HiddenAsync(http, next);
                Cut(http, draft);
                break;
            case FaultKind.Slow:
                await fault.WaitAsync(time, http.RequestAborted);
                await next(http);
                break;
            case FaultKind.SlowAfter:
                using (var held = new MemoryStream())
                {
                    draft.Effect = await HiddenAsync(http, next, held);
                    await fault.WaitAsync(time, http.RequestAborted);
                    await http.Response.Body.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), http.RequestAborted);
                }

                break;
            case FaultKind.Stale:
                http.Features.Set(new StaleView(fault.Cutoff));
                await next(http);
                break;
            default:
                await LimitAsync(http, draft, fault.Rule);
                break;
        }
    }

    /// <summary>Lets the act happen while nothing of its answer leaves; returns the status it would have had.</summary>
    private static async Task<int> HiddenAsync(HttpContext http, RequestDelegate next, Stream? into = null)
    {
        var outside = http.Response.Body;
        http.Response.Body = into ?? Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = outside;
        }

        return http.Response.StatusCode;
    }

    private static void Cut(HttpContext http, JournalDraft draft)
    {
        draft.IsCut = true;
        http.Abort();
    }

    private async Task FailAsync(HttpContext http, FaultRule rule)
    {
        var status = rule.Status ?? 502;
        ResponseHeaders.Add(http, simulation.World);
        await new Reply(status, new ApiRefusal(status, status == 503 ? "No server is currently available to service your request." : "Server Error").ToJson())
            .WriteAsync(http.Response);
    }

    private async Task LimitAsync(HttpContext http, JournalDraft draft, FaultRule rule)
    {
        var refusal = simulation.Limits.Block(draft.Caller, rule);
        refusal.Mark(http);
        ResponseHeaders.Add(http, simulation.World);
        await refusal.WriteAsync(http.Response);
    }
}
