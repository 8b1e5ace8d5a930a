using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

/// <summary>The app's side of the runner API over real HTTP, with the orders a test gives it, and a git server.</summary>
public sealed class AppDouble : IAsyncDisposable
{
    public const string EnrolToken = "enrol-me-1234567890";
    public const string FetchToken = "ghs_fetch-token";
    public const string PushToken = "ghs_push-token";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JobOrder> _orders = new();
    private readonly ConcurrentDictionary<long, JobOrder> _belled = new();
    private readonly SemaphoreSlim _given = new(0);
    private readonly SemaphoreSlim _reported = new(0);
    private readonly SemaphoreSlim _startedSeen = new(0);
    private ECDsa? _key;

    private AppDouble(string repositories)
    {
        Git = new GitOverHttp(repositories);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Map("/git/{**rest}", Git.ServeAsync);
        _app.MapGet("/healthz", () => "ok");
        _app.MapPost(RunnerApi.Enrol, EnrolAsync);
        _app.MapPost(RunnerApi.Poll, async c =>
        {
            // A bell ends the wait; whoever polls next finds the order anyway.
            await _given.WaitAsync(TimeSpan.FromMilliseconds(500), c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            await SignedAsync<PollRequest>(c, _ => Poll());
        });
        _app.MapPost("/runner/v1/jobs/{job}/claim", c => SignedAsync<ClaimRequest>(c, r => Claim(r.Bell)));
        _app.MapPost("/runner/v1/jobs/{job}/renew", c => SignedAsync<EpochRequest>(c, _ => Renewal()));
        _app.MapPost("/runner/v1/jobs/{job}/started", c => SignedAsync<StartedRequest>(c, Note));
        _app.MapPost("/runner/v1/jobs/{job}/fetch-token", c => SignedAsync<EpochRequest>(c, _ => new TokenAnswer(FetchToken)));
        _app.MapPost("/runner/v1/jobs/{job}/push", c => SignedAsync<PushRequest>(c, Push));
        _app.MapPost("/runner/v1/jobs/{job}/report", c => SignedAsync<ReportRequest>(c, Take));
    }

    public GitOverHttp Git { get; }

    public string Url => _app.Urls.Single();

    public List<EnrolRequest> Enrolments { get; } = [];

    public List<StartedRequest> Starts { get; } = [];

    public List<PushRequest> Pushes { get; } = [];

    public List<JobReport> Reports { get; } = [];

    public List<string> BadSignatures { get; } = [];

    /// <summary>How many of the next calls about a claimed job are answered as a server that is overloaded answers.</summary>
    public int Unwell { get; set; }

    public double LeaseSeconds { get; set; } = 300;

    /// <summary>What to answer a renewal: null is a conflict.</summary>
    public Func<RenewAnswer?>? OnRenew { get; set; }

    public Func<PushRequest, PushAnswer> OnPush { get; set; } = _ => new PushAnswer(true, null, PushToken, null);

    public static async Task<AppDouble> StartAsync(string repositories)
    {
        var app = new AppDouble(repositories);
        await app._app.StartAsync();
        return app;
    }

    public void Give(JobOrder order)
    {
        _orders.Enqueue(order);
        _given.Release();
    }

    public Task WaitForReportAsync() => WaitAsync(_reported);

    public Task WaitForStartAsync() => WaitAsync(_startedSeen);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _key?.Dispose();
    }

    private static async Task WaitAsync(SemaphoreSlim seen)
    {
        if (!await seen.WaitAsync(TimeSpan.FromSeconds(60)))
            throw new TimeoutException("the runner did not get that far within 60 s");
    }

    private async Task EnrolAsync(HttpContext context)
    {
        var request = WireJson.Read<EnrolRequest>(await new StreamReader(context.Request.Body).ReadToEndAsync());
        Enrolments.Add(request);
        _key = ECDsa.Create();
        _key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(request.PublicKey), out _);
        await WriteAsync(context, request.Token == EnrolToken ? new EnrolAnswer("r1") : null);
    }

    private async Task SignedAsync<T>(HttpContext context, Func<T, object?> answer)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        var text = RunnerApi.SignedText("POST", context.Request.Path.Value!, headers[RunnerApi.TimeHeader].ToString(), Convert.ToHexStringLower(SHA256.HashData(body.ToArray())));
        var signature = Convert.FromBase64String(headers[RunnerApi.SignatureHeader].ToString());
        if (_key is null || headers[RunnerApi.RunnerHeader] != "r1" || !_key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256))
        {
            BadSignatures.Add(context.Request.Path);
            context.Response.StatusCode = 401;
            return;
        }

        if (Unwell > 0 && typeof(T) != typeof(PollRequest) && typeof(T) != typeof(ClaimRequest))
        {
            Unwell--;
            context.Response.StatusCode = 503;
            return;
        }

        object? said;
        lock (_belled)
            said = answer(WireJson.Read<T>(Encoding.UTF8.GetString(body.ToArray())));
        await WriteAsync(context, said);
    }

    // No answer means no content for a poll and a conflict for everything else.
    private static async Task WriteAsync(HttpContext context, object? answer)
    {
        if (answer is null)
        {
            context.Response.StatusCode = context.Request.Path == RunnerApi.Poll ? 204 : 409;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(System.Text.Json.JsonSerializer.Serialize(answer, answer.GetType(), WireJson.Options));
    }

    private Bell? Poll()
    {
        if (!_orders.TryDequeue(out var order))
            return null;
        _belled[order.Job.Value] = order;
        return new Bell(1, order.Job, order.Epoch, "mac");
    }

    private ClaimAnswer? Claim(Bell bell) => _belled.TryRemove(bell.Job.Value, out var order) ? new ClaimAnswer(order, LeaseSeconds) : null;

    private RenewAnswer? Renewal() => OnRenew is null ? new RenewAnswer(LeaseSeconds, false) : OnRenew();

    private EpochRequest Note(StartedRequest request)
    {
        Starts.Add(request);
        _startedSeen.Release();
        return new EpochRequest(request.Epoch);
    }

    private PushAnswer Push(PushRequest request)
    {
        Pushes.Add(request);
        return OnPush(request);
    }

    private EpochRequest Take(ReportRequest request)
    {
        Reports.Add(request.Report);
        _reported.Release();
        return new EpochRequest(request.Epoch);
    }
}
