using System.Net;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Runner.Loop;

/// <summary>What one claim may ask of the app. Every call names its epoch; a claim that is no longer current is told so.</summary>
public sealed class JobCalls(AppClient app, JobId job, Epoch epoch)
{
    public JobId Job => job;

    /// <summary>A token to read this repository; null where it needs none.</summary>
    public async Task<string?> FetchTokenAsync(CancellationToken cancellationToken) =>
        (await app.AskAsync<TokenAnswer>(RunnerApi.FetchToken(job), new EpochRequest(epoch), cancellationToken))?.Token;

    public Task StartedAsync(string agent, string identity, TimeSpan spawn, CancellationToken cancellationToken) =>
        app.AskAsync<object>(RunnerApi.Started(job), new StartedRequest(epoch, agent, identity, spawn.TotalSeconds), cancellationToken);

    public async Task<PushAnswer> MayPushAsync(
        CommitSha head, Core.Wire.Evidence evidence, GateVerdict gates, CommitSha? seen, string? trailer, CancellationToken cancellationToken) =>
        await app.AskAsync<PushAnswer>(RunnerApi.Push(job), new PushRequest(epoch, head, evidence, gates, seen, trailer), cancellationToken)
        ?? throw new AppUnreachableException("the app did not say whether to push");

    public async Task<RenewAnswer> RenewAsync(CancellationToken cancellationToken) =>
        await app.AskAsync<RenewAnswer>(RunnerApi.Renew(job), new EpochRequest(epoch), cancellationToken)
        ?? throw new AppUnreachableException("the app did not say how long the lease lasts");

    /// <returns>False where the app no longer wants it.</returns>
    public async Task<bool> ReportAsync(JobReport report, CancellationToken cancellationToken)
    {
        try
        {
            await app.AskAsync<object>(RunnerApi.Report(job), new ReportRequest(epoch, report), cancellationToken);
            return true;
        }
        catch (AppRefusedException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }
    }
}
