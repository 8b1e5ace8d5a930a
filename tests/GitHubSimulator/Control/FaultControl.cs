using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Control;

/// <summary>The fault plan from outside: one rule or a list of rules is added, seen, released and taken away.</summary>
internal static class FaultControl
{
    public static Reply Add(Call call)
    {
        var text = JournalDraft.Of(call.Http).Body ?? "";
        // A list would not be an object, which is all that a call's body may be elsewhere.
        var given = text.TrimStart().StartsWith('[') ? Parts(text) : [text];
        var rules = given.ConvertAll(one => FaultRule.Parse(one, out var fault) ?? throw new ApiRefusal(422, fault));
        return Reply.Created(new JsonObject { ["ids"] = new JsonArray([.. rules.Select(r => JsonValue.Create(call.Simulation.Faults.Add(r)))]) });
    }

    private static List<string> Parts(string text)
    {
        try
        {
            return [.. JsonNode.Parse(text)!.AsArray().Select(n => n?.ToJsonString() ?? "null")];
        }
        catch (JsonException broken)
        {
            throw new ApiRefusal(422, broken.Message);
        }
    }

    public static Reply List(Call call) => Reply.Ok(call.Simulation.Faults.ToJson());

    public static Reply Remove(Call call) =>
        call.Simulation.Faults.Remove((int)call.Id()) ? Reply.NoContent : throw ApiRefusal.NotFound();

    public static Reply Clear(Call call)
    {
        call.Simulation.Faults.Clear();
        return Reply.NoContent;
    }

    public static Reply Release(Call call) =>
        call.Simulation.Faults.Release(int.TryParse(call.Query("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null) > 0
            ? Reply.NoContent
            : throw ApiRefusal.NotFound();
}
