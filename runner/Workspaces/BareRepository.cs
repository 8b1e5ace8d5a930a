namespace Muster.Runner.Workspaces;

/// <summary>A bare repository that the host owns: no template, no hook, and a configuration of our own words.</summary>
public static class BareRepository
{
    // Packs must be readable to the slots' users, who borrow objects; nobody but us may enter the folders above.
    private const string Configuration =
        """
        [core]
        	repositoryformatversion = 0
        	filemode = true
        	bare = true
        	sharedRepository = 0644

        """;

    /// <summary>Makes it where it is not yet.</summary>
    /// <param name="alternates">Object folders to borrow from.</param>
    public static void Write(string folder, params IReadOnlyList<string> alternates)
    {
        ArgumentNullException.ThrowIfNull(alternates);
        var head = Path.Combine(folder, "HEAD");
        if (File.Exists(head))
            return;
        foreach (var inner in new[] { "objects/info", "objects/pack", "refs/heads" })
            Directory.CreateDirectory(Path.Combine(folder, inner));
        File.WriteAllText(Path.Combine(folder, "config"), Configuration);
        if (alternates.Count > 0)
            File.WriteAllText(Path.Combine(folder, "objects/info/alternates"), string.Concat(alternates.Select(a => a + "\n")));
        // Last, because it is what makes git, and us, take the folder for a repository.
        File.WriteAllText(head, "ref: refs/heads/none\n");
    }
}
