namespace Muster.Core.Gates;

/// <summary>A link is followed by whoever checks the tree out, on a host that the change has no business on.</summary>
internal static class Symlink
{
    public const string Rule = "symlink";
    private const int Mode = 120000;

    public static IEnumerable<Fault> Check(GateInput input) =>
        from file in input.Change.Files
        where file.NewMode == Mode
        let outside = file.After is not { } target || LeavesTree(file.Path, target)
        where outside || file.OldMode != Mode
        select new Fault(file.Path, 1,
            outside
                ? $"`{file.Path}` is a symbolic link that leads out of the repository, to `{file.After}`."
                : $"`{file.Path}` is a new symbolic link, to `{file.After}`.",
            "Put a plain file in its place.");

    private static bool LeavesTree(string path, string target)
    {
        if (target.StartsWith('/') || target.Contains('\\', StringComparison.Ordinal) || (target.Length > 1 && target[1] == ':'))
            return true;
        var depth = path.Count(c => c == '/');
        foreach (var part in target.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0 || part.Equals(".git", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
