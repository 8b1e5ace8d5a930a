using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Puts a review's comments on lines of the diff; one that has no place there refuses the whole review.</summary>
internal static class ReviewLines
{
    private const string OutsideDiff = "Pull request review thread line must be part of the diff";

    public static async Task<IReadOnlyList<ReviewComment>> PlaceAsync(Call call, Review review, JsonArray given)
    {
        if (given.Count == 0)
            return [];
        var (repository, pull) = (call.Repository, call.Pull);
        var tip = pull.Issue.Open ? repository.Branch(pull.BaseBranch) ?? pull.BaseSha : pull.BaseSha;
        var from = await repository.Git.MergeBaseAsync(tip, review.CommitId) ?? tip;
        var files = await repository.Git.DiffAsync(from, review.CommitId);
        var faults = new List<string>();
        var placed = new List<ReviewComment>();
        foreach (var node in given)
        {
            if (Place(call, review, files, node as JsonObject ?? [], out var fault) is { } comment)
                placed.Add(comment);
            else
                faults.Add(fault);
        }

        return faults.Count == 0 ? placed : throw ApiRefusal.Unprocessable(faults.Distinct());
    }

    private static ReviewComment? Place(Call call, Review review, IReadOnlyList<DiffFile> files, JsonObject json, out string fault)
    {
        var (path, body) = (Text(json, "path"), Text(json, "body"));
        fault = "Body can't be blank";
        if (string.IsNullOrWhiteSpace(body))
            return null;
        fault = "Path could not be resolved";
        if (files.FirstOrDefault(f => f.Path == path) is not { } file)
            return null;
        fault = OutsideDiff;
        var lines = new DiffLines(file.Patch);
        var (side, line) = (Text(json, "side") ?? "RIGHT", Whole(json, "line"));
        if (line is null && Whole(json, "position") is { } position && lines.At(position) is { } place)
            (side, line) = (place.Side, place.Line);
        if (line is null || lines.Position(side, line.Value) is not { } found)
            return null;
        var start = Whole(json, "start_line");
        var startSide = Text(json, "start_side") ?? side;
        fault = "Pull request review thread start line must be part of the same hunk as the line";
        if (start is not null && (lines.Position(startSide, start.Value) is not { } first || first > found))
            return null;
        return new ReviewComment(
            call.World.NextId(), review, call.By, file.Path, line.Value, side, start, start is null ? null : startSide, found,
            lines.Hunk(found), review.CommitId, body, call.World.Now);
    }

    private static string? Text(JsonObject json, string name) =>
        json[name]?.GetValueKind() == JsonValueKind.String ? json[name]!.GetValue<string>() : null;

    private static int? Whole(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;
}
