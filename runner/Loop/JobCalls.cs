using System.Net;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Runner.Loop;

/// <summary>What one claim may ask of the app. Every call names its epoch; a claim that is no longer current is told so.</summary>
public sealed class JobCalls(AppClient app, JobId job, Epoch epoch, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public JobId Job => job;

    /// <summary>A token to read this repository; null where it needs none.</summary>
    public async Task<string?> FetchTokenAsync(CancellationToken cancellationToken) =>
        (await AskOnAsync<TokenAnswer>(RunnerApi.FetchToken(job), new EpochRequest(epoch), cancellationToken))?.Token;

    public Task StartedAsync(string agent, string identity, TimeSpan spawn, CancellationToken cancellationToken) =>
        app.AskAsync<object>(RunnerApi.Started(job), new StartedRequest(epoch, agent, identity, spawn.TotalSeconds), cancellationToken);

    public async Task<PushAnswer> MayPushAsync(
        CommitSha head, Core.Wire.Evidence evidence, GateVerdict gates, CommitSha? seen, string? trailer, CancellationToken cancellationToken) =>
        await AskOnAsync<PushAnswer>(RunnerApi.Push(job), new PushRequest(epoch, head, evidence, gates, seen, trailer), cancellationToken)
        ?? throw new AppUnreachableException("the app did not say whether to push");

    public async Task<RenewAnswer> RenewAsync(CancellationToken cancellationToken) =>
        await app.AskAsync<RenewAnswer>(RunnerApi.Renew(job), new EpochRequest(epoch), cancellationToken)
        ?? throw new AppUnreachableException("the app did not say how long the lease lasts");

    // An app that is away for a moment is no reason to lose an hour's work: how long to ask on is the lease's affair.
    private async Task<T?> AskOnAsync<T>(string path, object request, CancellationToken cancellationToken)
        where T : class
    {
        for (var backoff = new Backoff(LongestPause); ;)
        {
            try
            {
                return await app.AskAsync<T>(path, request, cancellationToken);
            }
            catch (AppUnreachableException)
            {
                await Task.Delay(backoff.Next(), clock, cancellationToken);
            }
        }
    }

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
