using Muster.App.GitHub.Budget;
using Muster.App.Recorder;
using Muster.App.Runners;
using Muster.App.Settings;
using Muster.App.Setup;
using Muster.App.Telemetry;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.App.Status;

/// <summary>What the state looks like from outside: JSON under /api, and one plain page. Closed unless a token opens it.</summary>
internal sealed class StatusEndpoints(AppSettings settings, Ledger ledger, StatusPage page, BudgetLimits limits, Timings timings, AppsDoctor doctor)
{
    private const int Most = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/api/waves", stop => ledger.ReadAsync(db => Rows.AllWaves(db, Most), stop));
        Get(routes, "/api/items", stop => ledger.ReadAsync(db => Rows.AllItems(db, Most).Select(ItemView.Of).ToList(), stop));
        Get(routes, "/api/jobs", stop => ledger.ReadAsync(
            db => Rows.AllJobs(db, Most).Select(job => JobView.Of(job, Repositories.Find(db, job.Repo)?.FullName)).ToList(), stop));
        Get(routes, "/api/limits", stop => ledger.ReadAsync(db => BudgetView.All(db, limits, ledger.Now), stop));
        Get(routes, "/api/doctor", doctor.LookAsync);
        routes.MapGet("/api/timings", (HttpRequest request, DateTimeOffset? since) => OpenAsync(request, () =>
            Task.FromResult(Results.Json(timings.Read(since ?? DateTimeOffset.MinValue), WireJson.Options))));
        routes.MapGet("/api/events", (HttpRequest request, long? after, long? wave, CancellationToken stop) => OpenAsync(request, async () =>
            Results.Json(
                await ledger.ReadAsync(db => EventLog.Read(db, wave is { } id ? new WaveId(id) : null, after ?? 0, Most), stop),
                WireJson.Options)));
        routes.MapGet("/", (HttpRequest request, CancellationToken stop) => OpenAsync(request, async () =>
            Results.Content(await page.RenderAsync(stop), "text/html; charset=utf-8")));
    }

    private void Get<T>(IEndpointRouteBuilder routes, string path, Func<CancellationToken, Task<T>> read) =>
        routes.MapGet(path, (HttpRequest request, CancellationToken stop) =>
            OpenAsync(request, async () => Results.Json(await read(stop), WireJson.Options)));

    /// <summary>404 rather than 401 where nobody set a token: there is nothing here to log in to.</summary>
    private async Task<IResult> OpenAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        if (settings.OpenApi)
        {
            return await answer();
        }

        if (settings.ApiToken is not { } token)
        {
            return Results.NotFound();
        }

        const string Scheme = "Bearer ";
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && token.Matches(given[Scheme.Length..].Trim())
            ? await answer()
            : RunnerCallReader.Refuse(401, "The bearer token is missing or wrong.", "Send the value of Muster__ApiToken as `Authorization: Bearer …`.");
    }
}
