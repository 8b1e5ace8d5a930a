using System.Security.Cryptography;
using Muster.App.Queues;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.App.Runners;

/// <summary>The runner API: enrol, wait, claim, renew, start, fetch, push, report. Runners call; nothing calls them.</summary>
internal sealed partial class RunnerEndpoints(
    AppSettings settings,
    Ledger ledger,
    Doorbell doorbell,
    RunnerCallReader calls,
    JobClaims claims,
    JobPush pushes,
    JobReports reports,
    ILogger<RunnerEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(RunnerApi.Enrol, EnrolAsync);
        routes.MapPost(RunnerApi.Poll, (HttpRequest r) => Signed<PollRequest>(r, PollAsync));
        Job<ClaimRequest>(routes, "claim", (job, call, stop) => claims.ClaimAsync(job, call, stop));
        Job<EpochRequest>(routes, "renew", (job, call, stop) => claims.RenewAsync(job, call, stop));
        Job<StartedRequest>(routes, "started", (job, call, stop) => claims.StartedAsync(job, call, stop));
        Job<EpochRequest>(routes, "fetch-token", (job, call, stop) => pushes.FetchTokenAsync(job, call, stop));
        Job<PushRequest>(routes, "push", (job, call, stop) => pushes.PushAsync(job, call, stop));
        Job<ReportRequest>(routes, "report", (job, call, stop) => reports.TakeAsync(job, call, stop));
    }

    private void Job<T>(IEndpointRouteBuilder routes, string act, Func<JobId, RunnerCall<T>, CancellationToken, Task<IResult>> answer)
        where T : class =>
        routes.MapPost($"/runner/v1/jobs/{{job:long}}/{act}", (long job, HttpRequest r) =>
            Signed<T>(r, (call, stop) => answer(new JobId(job), call, stop)));

    private async Task<IResult> Signed<T>(HttpRequest request, Func<RunnerCall<T>, CancellationToken, Task<IResult>> answer)
        where T : class
    {
        var (call, refusal) = await calls.ReadAsync<T>(request);
        return call is null ? refusal! : await answer(call, request.HttpContext.RequestAborted);
    }

    private async Task<IResult> EnrolAsync(HttpRequest request)
    {
        var body = await RunnerCallReader.BodyAsync(request);
        if (body is null || RunnerCallReader.Parse<EnrolRequest>(body) is not { } enrol || !RunnerKey.IsKey(enrol.PublicKey))
        {
            return RunnerCallReader.Refuse(400, "The enrolment is not in this version's form.", "Run the same version of muster as the app.");
        }

        if (settings.EnrolToken is not { } token || !token.Matches(enrol.Token))
        {
            return RunnerCallReader.Refuse(401, "The enrolment token is not the app's.", "Set Muster__EnrolToken to the same value for app and runner.");
        }

        var id = $"r{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        await ledger.StepQuietlyAsync(db => { RunnerRegistry.Enrol(db, ledger.Now, id, enrol); return true; }, request.HttpContext.RequestAborted);
        Enrolled(id, enrol.Info.Slots, enrol.Info.Architecture);
        return Answers.Ok(new EnrolAnswer(id));
    }

    private async Task<IResult> PollAsync(RunnerCall<PollRequest> call, CancellationToken cancellationToken)
    {
        await claims.SeenAsync(call.Runner, call.Body, cancellationToken);
        var bell = await doorbell.WaitAsync(call.Body, cancellationToken);
        return bell is null ? Results.NoContent() : Answers.Ok(bell);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Runner {Runner} enrolled: {Slots} slots on {Architecture}")]
    private partial void Enrolled(string runner, int slots, string architecture);
}

/// <summary>How the runner API answers.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T value) => Results.Json(value, WireJson.Options);

    /// <summary>What a runner hears whose claim no longer counts.</summary>
    public static IResult Stale() =>
        RunnerCallReader.Refuse(409, "Another claim speaks for this job now, or it is over.", "Stop the agent and publish nothing.");

    /// <summary>What a runner hears when we cannot know: nothing changed, so it may ask again.</summary>
    public static IResult Unknown(string what) => RunnerCallReader.Refuse(503, what, "Ask again in a few seconds.");
}
