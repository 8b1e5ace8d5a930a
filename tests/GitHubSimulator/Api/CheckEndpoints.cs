using System.Globalization;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Check runs: made and changed by Apps only, each by its own.</summary>
internal static class CheckEndpoints
{
    private const string Resource = "CheckRun";
    private const int MostAnnotations = 50;
    private const int LongestText = 65_535;

    private static readonly string[] Statuses = ["queued", "in_progress", "completed", "waiting", "requested", "pending"];

    private static readonly string[] Conclusions =
        ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"];

    public static void Map(ApiRoutes routes)
    {
        const string checks = "/repos/{owner}/{repo}/check-runs";
        routes.Post(checks, Need.Write("checks", Role.Read), CreateAsync);
        routes.Get(checks + "/{id}", Need.Read("checks"), c => Reply.Ok(Render(c, Find(c))));
        routes.Patch(checks + "/{id}", Need.Write("checks", Role.Read), c => Task.FromResult(Update(c)));
        routes.Get(checks + "/{id}/annotations", Need.Read("checks"), c => c.Page(Find(c).Annotations, a => a.DeepClone()));
    }

    /// <summary>The check runs of a commit, the latest of each name and App unless all are asked for.</summary>
    public static async Task<Reply> ListAsync(Call call, string reference)
    {
        var sha = await call.Repository.Git.ResolveAsync(reference)
            ?? throw new ApiRefusal(422, $"No commit found for SHA: {reference}");
        var (name, status, app) = (call.Query("check_name"), call.Query("status"), call.Query("app_id"));
        var found = call.Repository.CheckRuns.Where(c =>
            c.HeadSha == sha
            && (name is null || c.Name == name)
            && (status is null || c.Status == status)
            && (app is null || c.App.Id.ToString(CultureInfo.InvariantCulture) == app));
        if (call.Query("filter") != "all")
            found = found.GroupBy(c => (c.App.Id, c.Name)).Select(g => g.Last());
        return call.Page([.. found.OrderByDescending(c => c.Id)], "check_runs", c => Render(call, c));
    }

    private static JsonObject Render(Call call, CheckRun check) => CheckJson.Of(call.World, call.Repository, check);

    private static CheckRun Find(Call call)
    {
        var id = call.Id();
        return call.Repository.CheckRuns.Find(c => c.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static AppRegistration App(Call call) =>
        call.By.App ?? throw new ApiRefusal(403, "You must authenticate via a GitHub App.");

    private static async Task<Reply> CreateAsync(Call call)
    {
        var app = App(call);
        var name = call.Text("name") ?? throw ApiRefusal.Invalid(Resource, "name", "missing_field");
        var sha = call.Text("head_sha") ?? throw ApiRefusal.Invalid(Resource, "head_sha", "missing_field");
        if (sha.Length != 40 || await call.Repository.Git.CommitAsync(sha) is null)
            throw new ApiRefusal(422, $"No commit found for SHA: {sha}");
        Check(call);
        var suite = call.Repository.CheckRuns.Find(c => c.App == app && c.HeadSha == sha)?.SuiteId ?? call.World.NextId();
        var check = new CheckRun
        {
            Id = call.World.NextId(),
            SuiteId = suite,
            App = app,
            HeadSha = sha,
            Name = name,
            StartedAt = call.World.Now,
        };
        call.Repository.CheckRuns.Add(check);
        Apply(call, check);
        Announce(call, check, "created");
        if (check.Status == "completed")
            Announce(call, check, "completed");
        return Reply.Created(Render(call, check));
    }

    private static Reply Update(Call call)
    {
        var app = App(call);
        var check = Find(call);
        if (check.App != app)
            throw new ApiRefusal(403, $"Invalid app_id `{app.Id}` - check run can only be modified by the GitHub App that created it.");
        Check(call);
        var before = (check.Status, check.Conclusion);
        check.Name = call.Text("name") ?? check.Name;
        Apply(call, check);
        if (check.Status == "completed" && before != (check.Status, check.Conclusion))
            Announce(call, check, "completed");
        return Reply.Ok(Render(call, check));
    }

    /// <summary>Everything that can be wrong is looked at before anything is changed.</summary>
    private static void Check(Call call)
    {
        if (call.Text("status") is { } status && !Statuses.Contains(status))
            throw ApiRefusal.Invalid(Resource, "status", "invalid");
        if (call.Text("conclusion") is { } conclusion && !Conclusions.Contains(conclusion))
            throw ApiRefusal.Invalid(Resource, "conclusion", "invalid");
        if (call.Text("status") == "completed" && call.Text("conclusion") is null)
            throw ApiRefusal.Invalid(Resource, "conclusion", "missing_field");
        if (call.Body["output"] is not JsonObject output)
            return;
        foreach (var name in new[] { "summary", "text" })
        {
            if (output[name]?.GetValue<string>().Length > LongestText)
                throw ApiRefusal.Invalid(Resource, name, "custom", $"{name} exceeds a maximum length of {LongestText} characters");
        }

        if (output["summary"] is null)
            throw ApiRefusal.Invalid(Resource, "summary", "missing_field");
        if (output["annotations"] is JsonArray { Count: > MostAnnotations })
            throw ApiRefusal.Invalid(Resource, "annotations", "custom", $"No more than {MostAnnotations} annotations are allowed per request.");
    }

    private static void Apply(Call call, CheckRun check)
    {
        check.DetailsUrl = call.Text("details_url") ?? check.DetailsUrl;
        check.ExternalId = call.Text("external_id") ?? check.ExternalId;
        check.Status = call.Text("status") ?? check.Status;
        if (call.Text("conclusion") is { } conclusion)
        {
            check.Conclusion = conclusion;
            check.Status = "completed";
            check.CompletedAt = call.World.Now;
        }
        else if (check.Status != "completed")
        {
            (check.Conclusion, check.CompletedAt) = (null, null);
        }

        if (call.Body["output"] is not JsonObject output)
            return;
        check.Title = output["title"]?.GetValue<string>() ?? check.Title;
        check.Summary = output["summary"]?.GetValue<string>() ?? check.Summary;
        check.Text = output["text"]?.GetValue<string>() ?? check.Text;
        check.Annotations.AddRange((output["annotations"] as JsonArray ?? []).OfType<JsonObject>().Select(a => (JsonObject)a.DeepClone()));
    }

    private static void Announce(Call call, CheckRun check, string action) =>
        call.Simulation.Announce.Say(call.Repository, "check_run", action, call.By, p =>
            p["check_run"] = CheckJson.Announced(call.World, call.Repository, check));
}
