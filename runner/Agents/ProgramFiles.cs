using Muster.Runner.Sandbox;

namespace Muster.Runner.Agents;

/// <summary>What a program on a command line is made of.</summary>
public static class ProgramFiles
{
    /// <summary>
    /// The named files that exist and are not part of every sandbox anyway. A managed program is more than its .dll:
    /// its settings and the libraries beside it come along, and nothing else of that folder.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> named, SystemFolders system) =>
        [.. named
            .Where(path => File.Exists(path) || Directory.Exists(path))
            .Where(path => !system.Folders.Any(f => path.StartsWith(f + "/", StringComparison.Ordinal)))
            .SelectMany(path => path.EndsWith(".dll", StringComparison.Ordinal) ? Managed(path) : [path])
            .Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Managed(string program)
    {
        var folder = Path.GetDirectoryName(program)!;
        var runtimes = Path.Combine(folder, "runtimes");
        return
        [
            .. Directory.EnumerateFiles(folder, "*.dll"),
            .. Directory.EnumerateFiles(folder, "*.runtimeconfig.json"),
            .. Directory.EnumerateFiles(folder, "*.deps.json"),
            .. Directory.Exists(runtimes) ? [runtimes] : Array.Empty<string>(),
        ];
    }
}
