using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Labels of the repository, and labels on its issues.</summary>
internal static partial class LabelEndpoints
{
    [GeneratedRegex("^[0-9a-fA-F]{6}$")]
    private static partial Regex Color { get; }

    public static void Map(ApiRoutes routes)
    {
        const string labels = "/repos/{owner}/{repo}/labels";
        const string onIssue = "/repos/{owner}/{repo}/issues/{number}/labels";
        routes.Get(labels, Need.Read("issues|pull_requests"), c => c.Page([.. c.Repository.Labels.Values], l => Render(c, l)));
        routes.Post(labels, Need.Write("issues|pull_requests", Role.Write), Create);
        routes.Get(labels + "/{name}", Need.Read("issues|pull_requests"), c => Reply.Ok(Render(c, Find(c))));
        routes.Get(onIssue, Need.Read("issues|pull_requests"), c => c.Page(c.Issue.Labels, l => Render(c, l)));
        routes.Post(onIssue, Need.Write("issues|pull_requests", Role.Triage), Add);
        routes.Put(onIssue, Need.Write("issues|pull_requests", Role.Triage), c => Task.FromResult(Set(c)));
        routes.Delete(onIssue, Need.Write("issues|pull_requests", Role.Triage), c => Task.FromResult(Clear(c)));
        routes.Delete(onIssue + "/{name}", Need.Write("issues|pull_requests", Role.Triage), c => Task.FromResult(Remove(c)));
    }

    /// <summary>The labels a body names, as strings or as objects with a name; null when it names none.</summary>
    public static IReadOnlyList<string>? Names(Call call) => call.Array("labels") is not { } array
        ? null
        : [.. array.Select(node => node switch
        {
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonObject o when o["name"]?.GetValueKind() == JsonValueKind.String => o["name"]!.GetValue<string>(),
            _ => throw ApiRefusal.Invalid("Label", "name", "invalid"),
        }).Select(Checked)];

    private static string Checked(string name) =>
        name.Length is > 0 and <= 50 ? name : throw ApiRefusal.Invalid("Label", "name", name.Length == 0 ? "missing_field" : "too_long");

    private static JsonObject Render(Call call, Label label) => LabelJson.Of(call.World, call.Repository, label);

    private static Label Find(Call call) => call.Repository.Labels.GetValueOrDefault(call.Route("name")) ?? throw ApiRefusal.NotFound();

    private static Reply Create(Call call)
    {
        var name = Checked(call.Text("name") ?? "");
        if (call.Repository.Labels.ContainsKey(name))
            throw ApiRefusal.Invalid("Label", "name", "already_exists");
        var color = call.Text("color") ?? "ededed";
        if (!Color.IsMatch(color))
            throw ApiRefusal.Invalid("Label", "color", "invalid");
        var label = new Label { Id = call.World.NextId(), Name = name, Color = color, Description = call.Text("description") };
        call.Repository.Labels.Add(name, label);
        return Reply.Created(Render(call, label));
    }

    private static Reply OnIssue(Call call) => Reply.Ok(Node.List(call.Issue.Labels.Select(l => Render(call, l))));

    private static Reply Add(Call call)
    {
        var issue = call.Issue;
        var names = Names(call);
        if (names is null or [])
            throw ApiRefusal.Invalid("Label", "labels", "missing_field");
        foreach (var name in names)
            call.Simulation.AddLabel(call.Repository, issue, name, call.By);
        return OnIssue(call);
    }

    private static Reply Set(Call call)
    {
        call.Simulation.SetLabels(call.Repository, call.Issue, Names(call) ?? [], call.By);
        return OnIssue(call);
    }

    private static Reply Clear(Call call)
    {
        call.Simulation.SetLabels(call.Repository, call.Issue, [], call.By);
        return Reply.NoContent;
    }

    private static Reply Remove(Call call) =>
        call.Simulation.RemoveLabel(call.Repository, call.Issue, call.Route("name"), call.By)
            ? OnIssue(call)
            : throw new ApiRefusal(404, "Label does not exist");
}
