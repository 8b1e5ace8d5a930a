namespace Muster.Demo.Staging;

/// <summary>Where the project's tree lies, and where <c>./bot build</c> left what runs.</summary>
public sealed record Places(string Project, string Artifacts)
{
    private const string Mark = "Bot.sln";

    public string MusterApp => Path.Combine(Artifacts, "muster-app");

    public string Muster => Path.Combine(Artifacts, "muster");

    /// <summary>A published assembly, for example <c>Published("app", "Muster.App.dll")</c>.</summary>
    public string Published(string name, string assembly)
    {
        var file = Path.Combine(Artifacts, "publish", name, assembly);
        return File.Exists(file) ? file : throw new StageException($"{file} is missing: run ./bot build first.");
    }

    /// <summary>From <c>MUSTER_ARTIFACTS</c> where it is set, else by walking up from this program.</summary>
    public static Places Find()
    {
        var project = Above(AppContext.BaseDirectory) ?? throw new StageException($"No folder above {AppContext.BaseDirectory} holds {Mark}.");
        return Environment.GetEnvironmentVariable("MUSTER_ARTIFACTS") is { Length: > 0 } artifacts
            ? new Places(Above(artifacts) ?? project, Path.GetFullPath(artifacts))
            : new Places(project, Path.Combine(project, "artifacts"));
    }

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Mark)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
