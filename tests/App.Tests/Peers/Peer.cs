using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Muster.App.Tests.Peers;

/// <summary>Programs of others, as <c>./bot test</c> installs them; where one is missing the test says so and is skipped.</summary>
internal static class Peer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The folder of the Node programs.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", "peers");

    /// <summary>Runs one of our scripts under the pinned Node and reads the JSON that it prints.</summary>
    public static async Task<JsonObject> PlayAsync(params string[] args)
    {
        var node = Path.Combine(Folder, "node_modules", "node", "bin", "node");
        Skip.IfNot(File.Exists(node) && Directory.Exists(Path.Combine(Folder, "node_modules", "@octokit", "app")), "tests/peers is not installed: run npm ci there");
        var (code, output, error) = await RunAsync(node, Folder, new Dictionary<string, string> { ["NO_PROXY"] = "*" }, ["play.mjs", .. args]);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>What a checked-in file of that folder says.</summary>
    public static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    public static bool IsThere(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));

    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string program, string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NO_PROXY", "no_proxy" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path.GetFileName(program)} {string.Join(' ', args)} did not end: {await error}");
        }

        return (process.ExitCode, await output, await error);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Bot.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Bot.sln is in no folder above the tests.");
        return folder;
    }
}
