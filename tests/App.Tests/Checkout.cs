using System.Diagnostics;
using System.Text;
using Muster.Core;

namespace Muster.App.Tests;

/// <summary>A person's clone of the scene's repository: commits by real git and pushes over HTTP.</summary>
public sealed class Checkout : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string header;
    private readonly string url;

    private Checkout(string url, string token)
    {
        this.url = url;
        header = $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}";
    }

    public string this[string path] => folder[path];

    public static async Task<Checkout> CreateAsync(Scene scene, string login = "ann")
    {
        var person = await scene.ControlAsync("/_sim/users", new { login });
        var checkout = new Checkout($"{scene.Simulator.BaseAddress}{scene.Repo}.git", person["token"]!.GetValue<string>());
        await checkout.GitAsync("init", "--quiet", "--initial-branch=main");
        return checkout;
    }

    /// <summary>Commits everything after writing these files; a text of null takes a file away.</summary>
    public async Task<CommitSha> CommitAsync(params (string Path, string? Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            if (text is null)
                File.Delete(folder[path]);
            else
                await File.WriteAllTextAsync(folder[path], text);
        }

        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", "a change");
        return new CommitSha(await GitAsync("rev-parse", "HEAD"));
    }

    public Task PushAsync(string refspec) => GitAsync("push", "--quiet", "--force", url, refspec);

    public async Task<string> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_COUNT"] = "3";
        foreach (var (number, key, value) in new[] { (0, "http.extraHeader", header), (1, "user.name", "Ann"), (2, "user.email", "ann@acme.example") })
        {
            start.Environment[$"GIT_CONFIG_KEY_{number}"] = key;
            start.Environment[$"GIT_CONFIG_VALUE_{number}"] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {await error}");
    }

    public void Dispose() => folder.Dispose();
}
