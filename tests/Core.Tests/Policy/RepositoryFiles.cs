namespace Muster.Core.Tests.Policy;

/// <summary>Files of this repository that tests hold the code against.</summary>
internal static class RepositoryFiles
{
    public static string Read(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            folder = folder.Parent ?? throw new FileNotFoundException("The tests must run from inside the repository.");
        return File.ReadAllText(Path.Combine(folder.FullName, path));
    }
}
