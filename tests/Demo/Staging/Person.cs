using System.Text.Json.Nodes;

namespace Muster.Demo.Staging;

/// <summary>A person at work on one repository, by GitHub's ordinary REST API with a token of their own.</summary>
public sealed class Person(string login, string token, string url, string repository) : IDisposable
{
    private readonly JsonDoor door = new(url, token);

    public string Login { get; } = login;

    public string Token { get; } = token;

    private string Repo { get; } = $"/repos/{repository}";

    public async Task<int> OpenIssueAsync(string title, string body, CancellationToken cancellationToken) =>
        Number(await door.PostAsync($"{Repo}/issues", new JsonObject { ["title"] = title, ["body"] = body }, cancellationToken));

    public Task LabelAsync(int issue, string label, CancellationToken cancellationToken) =>
        door.PostAsync($"{Repo}/issues/{issue}/labels", new JsonObject { ["labels"] = new JsonArray(label) }, cancellationToken);

    public Task CommentAsync(int issue, string body, CancellationToken cancellationToken) =>
        door.PostAsync($"{Repo}/issues/{issue}/comments", new JsonObject { ["body"] = body }, cancellationToken);

    public async Task<int> OpenPullAsync(string title, string body, string head, string @base, CancellationToken cancellationToken) =>
        Number(await door.PostAsync(
            $"{Repo}/pulls",
            new JsonObject { ["title"] = title, ["body"] = body, ["head"] = head, ["base"] = @base },
            cancellationToken));

    public Task MergeAsync(int pull, CancellationToken cancellationToken) =>
        door.SendAsync(HttpMethod.Put, $"{Repo}/pulls/{pull}/merge", new JsonObject { ["merge_method"] = "merge" }, cancellationToken);

    /// <summary>Looks at something below the repository, for example <c>pulls/8/reviews</c>.</summary>
    public Task<JsonNode> LookAsync(string what, CancellationToken cancellationToken) => door.GetAsync($"{Repo}/{what}", cancellationToken);

    public Task<IReadOnlyList<JsonNode>> ListAsync(string what, CancellationToken cancellationToken) => door.ListAsync($"{Repo}/{what}", cancellationToken);

    public void Dispose() => door.Dispose();

    private static int Number(JsonNode made) => made["number"]!.GetValue<int>();
}
