using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

/// <summary>The small forms that all of GitHub's JSON shares.</summary>
internal static class Node
{
    public static string Id(string prefix, long id) =>
        prefix + "_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(id.ToString("x8", CultureInfo.InvariantCulture))).TrimEnd('=');

    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string? Date(DateTimeOffset? at) => at is { } known ? Date(known) : null;

    public static JsonArray List(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode?)JsonValue.Create(w))]);

    /// <summary>What the writer is to the repository, in GitHub's word.</summary>
    public static string Association(Repository repository, Account account) =>
        account.Id == repository.Owner.Id ? "OWNER"
        : !repository.Collaborators.TryGetValue(account.Login, out var role) || role == Role.None ? "NONE"
        : repository.Owner.IsOrganization ? "MEMBER" : "COLLABORATOR";
}
