using Microsoft.Extensions.Configuration;
using Muster.Runner.Configuration;

namespace Muster.Runner.Cli;

/// <summary>What a verb needs before it can do anything, or everything that keeps it from that.</summary>
public sealed record Startup(RunnerSettings Settings, RunnerFile File)
{
    public const int WrongSettings = 2;

    /// <summary>Reads settings and runner.yml. Faults of both are written at once; then the result is null.</summary>
    public static Startup? Read(TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var (settings, settingFaults) = RunnerSettings.Read(configuration);
        // Also where other settings are wrong, so that nobody has to come back for the second half.
        var path = configuration["Muster:RunnerConfig"] is { Length: > 0 } named ? named
            : configuration["Muster:Home"] is { Length: > 0 } home ? Path.Combine(home, "runner.yml") : null;
        var (file, fileFaults) = path is null ? (null, []) : ReadFile(path);
        var faults = settingFaults.Concat(fileFaults).ToList();
        if (faults.Count == 0 && settings is not null && file is not null)
            return new Startup(settings, file);
        errors.WriteLine($"muster: {faults.Count} {(faults.Count == 1 ? "setting is" : "settings are")} missing or wrong:");
        foreach (var fault in faults)
            errors.WriteLine($"  {fault}");
        return null;
    }

    private static (RunnerFile?, IReadOnlyList<string>) ReadFile(string path)
    {
        try
        {
            var (file, faults) = RunnerFileReader.Read(System.IO.File.ReadAllText(path));
            return (file, [.. faults.Select(fault => $"{path}: {fault}")]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [$"{path} cannot be read ({e.Message}): write it, or name another with Muster__RunnerConfig. It says who plays which role, for example `agents: {{implement: {{harness: command, command: [\"/opt/agent\"]}}}}`."]);
        }
    }
}
