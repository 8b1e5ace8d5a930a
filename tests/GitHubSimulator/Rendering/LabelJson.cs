using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class LabelJson
{
    public static JsonObject Of(World world, Repository repository, Label label) => new()
    {
        ["id"] = label.Id,
        ["node_id"] = Node.Id("LA", label.Id),
        ["url"] = $"{RepositoryJson.Api(world, repository)}/labels/{Uri.EscapeDataString(label.Name)}",
        ["name"] = label.Name,
        ["color"] = label.Color,
        ["default"] = false,
        ["description"] = label.Description,
    };
}

internal static class ReactionJson
{
    public static readonly string[] Contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public static JsonObject Of(World world, Reaction reaction) => new()
    {
        ["id"] = reaction.Id,
        ["node_id"] = Node.Id("REA", reaction.Id),
        ["user"] = AccountJson.Of(world, reaction.User),
        ["content"] = reaction.Content,
        ["created_at"] = Node.Date(reaction.CreatedAt),
    };

    public static JsonObject Summary(string subject, IReadOnlyCollection<Reaction> reactions)
    {
        var json = new JsonObject { ["url"] = subject + "/reactions", ["total_count"] = reactions.Count };
        foreach (var content in Contents)
            json[content] = reactions.Count(r => r.Content == content);
        return json;
    }
}
