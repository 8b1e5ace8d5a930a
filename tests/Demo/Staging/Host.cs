namespace Muster.Demo.Staging;

/// <summary>What the stage takes from the machine it stands on.</summary>
public static class Host
{
    /// <summary>The dotnet that runs this program, by its real path: in a sandbox there may be no other name for it.</summary>
    public static string Dotnet { get; } =
        Real(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")) ?? Real(Environment.ProcessPath) ?? FromPath() ?? "dotnet";

    /// <summary>Folders of dotnet that a sandbox does not show by itself.</summary>
    public static IReadOnlyList<string> DotnetFolders =>
        Path.GetDirectoryName(Dotnet) is { Length: > 0 } folder && !folder.StartsWith("/usr/", StringComparison.Ordinal) ? [folder] : [];

    /// <summary>The environment every process of the stage starts from: nothing of the caller's but where programs are.</summary>
    public static Dictionary<string, string> CleanEnvironment(string home) => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = home,
        ["TMPDIR"] = Path.GetTempPath(),
        ["LANG"] = "C.UTF-8",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    private static string? FromPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Real(Path.Combine(p, "dotnet"))).FirstOrDefault(f => f is not null);

    private static string? Real(string? path) =>
        path is not null && Path.GetFileName(path) == "dotnet" && File.Exists(path)
            ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path
            : null;
}
