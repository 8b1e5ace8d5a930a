using System.Text;
using System.Text.Json.Nodes;
using Muster.App.Tests.Simulator;
using Muster.Core;

namespace Muster.App.Tests.Stories;

/// <summary>What people do and see on GitHub. ann is admin, wes writes, tess triages, rea reads.</summary>
internal static class Acts
{
    private const string Marker = "<!-- muster ";

    public static async Task<int> IssueAsync(this Bot bot, string title = "Do it", string body = "", string by = "ann", params string[] labels) =>
        (await bot.AsAsync(by, HttpMethod.Post, "/issues", new { title, body, labels }))["number"]!.GetValue<int>();

    /// <summary>An issue with a contract in front matter.</summary>
    public static Task<int> ContractAsync(this Bot bot, string yaml, string title = "Do it") => bot.IssueAsync(title, $"---\n{yaml}\n---\nPlease.");

    public static Task LabelAsync(this Bot bot, int issue, string label = "agent:go", string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Post, $"/issues/{issue}/labels", new { labels = new[] { label } });

    public static Task UnlabelAsync(this Bot bot, int issue, string label, string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Delete, $"/issues/{issue}/labels/{Uri.EscapeDataString(label)}");

    public static async Task<long> SayAsync(this Bot bot, int issue, string text, string by = "ann") =>
        (await bot.AsAsync(by, HttpMethod.Post, $"/issues/{issue}/comments", new { body = text }))["id"]!.GetValue<long>();

    /// <summary>Says something and lets the app do what it can.</summary>
    public static async Task TellAsync(this Bot bot, int issue, string text, string by = "ann")
    {
        await bot.SayAsync(issue, text, by);
        await bot.SettleAsync();
    }

    /// <summary>Labels issues and lets them be planned.</summary>
    public static async Task StartAsync(this Bot bot, params int[] issues)
    {
        foreach (var issue in issues)
            await bot.LabelAsync(issue);
        await bot.GatherAsync();
    }

    public static Task CloseAsync(this Bot bot, int issue, string by = "ann", string reason = "completed") =>
        bot.AsAsync(by, HttpMethod.Patch, $"/issues/{issue}", new { state = "closed", state_reason = reason });

    public static Task ReopenAsync(this Bot bot, int issue, string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Patch, $"/issues/{issue}", new { state = "open" });

    public static Task EditAsync(this Bot bot, int issue, string body, string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Patch, $"/issues/{issue}", new { body });

    public static Task ReopenPullAsync(this Bot bot, PullNumber pull, string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Patch, $"/pulls/{pull.Value}", new { state = "open" });

    public static Task ClosePullAsync(this Bot bot, PullNumber pull, string by = "ann") =>
        bot.AsAsync(by, HttpMethod.Patch, $"/pulls/{pull.Value}", new { state = "closed" });

    public static Task MergeAsync(this Bot bot, PullNumber pull, string by = "ann") => bot.AsAsync(by, HttpMethod.Put, $"/pulls/{pull.Value}/merge", new { });

    public static async Task<JsonNode> PullAsync(this Bot bot, PullNumber pull) => await bot.AsAsync("ann", HttpMethod.Get, $"/pulls/{pull.Value}");

    public static async Task<IReadOnlyList<JsonNode>> ListAsync(this Bot bot, string path) =>
        [.. ((JsonArray)await bot.AsAsync("ann", HttpMethod.Get, path)).Select(one => one!)];

    /// <summary>What the app said on an issue, oldest first; the wave's status comment left out.</summary>
    public static async Task<IReadOnlyList<string>> HeardAsync(this Bot bot, int issue) =>
        [.. (await bot.CommentsAsync(issue)).Where(text => !text.StartsWith("**Wave ", StringComparison.Ordinal))];

    /// <summary>The wave's status comments on an issue.</summary>
    public static async Task<IReadOnlyList<string>> StatusAsync(this Bot bot, int issue) =>
        [.. (await bot.CommentsAsync(issue)).Where(text => text.StartsWith("**Wave ", StringComparison.Ordinal))];

    public static async Task<IReadOnlyList<string>> LabelsAsync(this Bot bot, int issue) =>
        [.. (await bot.ListAsync($"/issues/{issue}/labels")).Select(l => l.Text("name")).Order(StringComparer.Ordinal)];

    /// <summary>Somebody's commit on a branch, pushed over HTTP; from the default branch where it is new.</summary>
    public static async Task<CommitSha> CommitAsync(this Bot bot, string branch, IReadOnlyList<(string Path, string Text)> files, string by = "ann", string? from = null)
    {
        using var work = GitRun.InTemporaryFolder();
        var url = bot.CloneUrl.Replace("http://", $"http://{by}:{await bot.TokenAsync(by)}@", StringComparison.Ordinal);
        await work.OkAsync("init", "-q", "-b", branch);
        if (from is not null)
        {
            await work.OkAsync("fetch", "-q", url, from);
            await work.OkAsync("reset", "-q", "--hard", "FETCH_HEAD");
        }

        foreach (var (path, text) in files)
            await work.WriteAsync(path, text);
        await work.OkAsync("add", "--all");
        await work.OkAsync("commit", "-q", "-m", $"Work on {branch}");
        await work.OkAsync("push", "-q", url, $"HEAD:refs/heads/{branch}");
        return new CommitSha((await work.OkAsync("rev-parse", "HEAD")).Trim());
    }

    /// <summary>A pull request by a person.</summary>
    public static async Task<PullNumber> OpenPullAsync(this Bot bot, string branch, string body, string title = "A change", string by = "wes")
    {
        await bot.CommitAsync(branch, [("src/theirs.txt", $"{branch}\n")], by, from: "main");
        var pull = await bot.AsAsync(by, HttpMethod.Post, "/pulls", new { title, head = branch, @base = "main", body });
        return new PullNumber(pull["number"]!.GetValue<int>());
    }

    /// <summary>Posts a webhook to the app as it is given.</summary>
    public static async Task<int> PostAsync(this Bot bot, byte[] body, string? signature, string name = "issues", string id = "raw-1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.Add("X-GitHub-Delivery", id);
        request.Headers.Add("X-GitHub-Event", name);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        using var answer = await bot.App.SendAsync(request);
        return (int)answer.StatusCode;
    }

    public static Task<int> PostSignedAsync(this Bot bot, JsonNode payload, string name, string id)
    {
        var body = Encoding.UTF8.GetBytes(payload.ToJsonString());
        return bot.PostAsync(body, AppUnderTest.Sign(body), name, id);
    }

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    private static async Task<IReadOnlyList<string>> CommentsAsync(this Bot bot, int issue) =>
        [.. (await bot.AllAsync($"/issues/{issue}/comments")).Select(c => c.Text("body")).Where(text => text.Contains(Marker, StringComparison.Ordinal))];

    /// <summary>Every page of a list.</summary>
    private static async Task<IReadOnlyList<JsonNode>> AllAsync(this Bot bot, string path)
    {
        var all = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var some = await bot.ListAsync($"{path}?per_page=100&page={page}");
            all.AddRange(some);
            if (some.Count < 100)
                return all;
        }
    }
}
