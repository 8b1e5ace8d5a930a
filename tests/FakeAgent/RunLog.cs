using System.Security.Cryptography;
using System.Text.Json;

namespace FakeAgent;

internal sealed record LogLine(
    string Role, string Issue, string Job, int Attempt, int Round, string Cwd, IReadOnlyList<string> Argv, IReadOnlyList<string> EnvNames,
    string StdinSha256, DateTimeOffset Started, DateTimeOffset? Ended);

/// <summary>One JSON line a run, so that a test can see what an agent was given. A run that never ends logs no end.</summary>
internal sealed class RunLog(string? file, Job job, IReadOnlyList<string> args, byte[] brief)
{
    private readonly DateTimeOffset started = TimeProvider.System.GetUtcNow();
    private bool written;

    public void Write(bool ended)
    {
        if (file is null || written)
            return;
        written = true;
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal).ToList();
        var line = new LogLine(
            job.Role, job.Issue, job.Name, job.Attempt, job.Round, Environment.CurrentDirectory, args, names,
            Convert.ToHexStringLower(SHA256.HashData(brief)), started, ended ? TimeProvider.System.GetUtcNow() : null);
        File.AppendAllText(file, JsonSerializer.Serialize(line, Json.Default.LogLine) + "\n");
    }
}
