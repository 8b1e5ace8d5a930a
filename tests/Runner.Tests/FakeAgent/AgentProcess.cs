using System.Diagnostics;
using System.Text.Json;

namespace Muster.Runner.Tests.FakeAgent;

/// <summary>The agent as a process of its own, in a folder of its own, given a brief as a runner gives it.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("muster-agent-");

    public AgentProcess() => Workspace = home.CreateSubdirectory("work").FullName;

    public string Workspace { get; }

    public string Output => Path.Combine(home.FullName, "report.json");

    public JsonElement Report => JsonDocument.Parse(File.ReadAllText(Output)).RootElement;

    public static string Fenced(string script) => $"Do this.\n\n```fake-agent\n{script}\n```\n\nThank you.\n";

    public string Read(string file) => File.ReadAllText(Path.Combine(Workspace, file));

    public void Put(string file, string text)
    {
        var path = Path.Combine(Workspace, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public Task<(int Code, string Out, string Error)> ImplementAsync(string acts, params string[] args) =>
        RunAsync(Fenced($$"""{"implement":[{"do":[{{acts}}]}]}"""), "implement", 0, 1, args);

    public async Task<(int Code, string Out, string Error)> RunAsync(string brief, string role, int round, int attempt, params string[] args)
    {
        using var process = Start(role, round, attempt, args);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await GiveAsync(process, brief);
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>For a run that does not end by itself; the caller ends it.</summary>
    public async Task<Process> StartAsync(string brief)
    {
        var process = Start("implement", 0, 1, []);
        await GiveAsync(process, brief);
        return process;
    }

    public void Dispose() => home.Delete(recursive: true);

    private static async Task GiveAsync(Process process, string brief)
    {
        await process.StandardInput.WriteAsync(brief);
        process.StandardInput.Close();
    }

    private Process Start(string role, int round, int attempt, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FakeAgent.dll"), .. args])
        {
            WorkingDirectory = Workspace,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new (string, string)[]
            {
                ("ROLE", role), ("ISSUE", "12"), ("JOB", "j1"), ("ROUND", $"{round}"), ("ATTEMPT", $"{attempt}"), ("OUTPUT", Output),
            })
            start.Environment[$"MUSTER_{name}"] = value;
        return Process.Start(start)!;
    }
}
