namespace Muster.Core.Contracts;

/// <summary>Checks that paths and globs stay inside the tree and can be read.</summary>
internal static class PathLint
{
    public static IEnumerable<LintProblem> Check(string key, IReadOnlyList<string> paths, bool globs) =>
        from path in paths.Distinct()
        let fault = Fault(path, globs)
        where fault is not null
        select new LintProblem(
            key,
            path.Length == 0 ? $"`{key}` has an empty entry." : $"`{Shown(path)}` in `{key}` {fault}.",
            Fix(key, paths, globs));

    private static string? Fault(string path, bool globs)
    {
        if (path.Length == 0)
            return "is empty";
        if (path.Length > 1_000)
            return "is longer than 1,000 characters";
        if (path.Any(char.IsControl))
            return "holds a control character";
        if (path.Contains('\\'))
            return "uses a backslash; write `/` between folders";
        if (path[0] is '/' or '~')
            return "is an absolute path; write it from the root of the repository";
        if (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':')
            return "names a drive; write it from the root of the repository";
        var parts = (path.EndsWith('/') ? path[..^1] : path).Split('/', '{', ',', '}');
        if (parts.Contains(".."))
            return "climbs out of the tree with `..`";
        if (parts.Contains("."))
            return "has a `.` part; leave it out";
        if (parts.Any(part => part.Equals(".git", StringComparison.OrdinalIgnoreCase)))
            return "points into `.git`";
        if (path.Contains("//", StringComparison.Ordinal))
            return "has an empty part between two slashes";
        if (path[0] == '!')
            return "starts with `!`; use `exclude` for what must not change";
        if (Glob.Parse(path) is null)
            return "is not a pattern that can be read: its braces do not close, or it has too many choices";
        if (!globs && (path.AsSpan().ContainsAny('*', '?') || path.EndsWith('/')))
            return "is a pattern; `files` takes exact paths, `scope` takes patterns";
        return null;
    }

    // What is left when every entry at fault is mended, or taken out where there is nothing to mend.
    private static string Fix(string key, IReadOnlyList<string> paths, bool globs)
    {
        var good = paths.Select(path => Fault(path, globs) is null ? path : Mended(path)).Where(path => path.Length > 0 && Fault(path, globs) is null).Distinct().ToList();
        if (good.Count > 0)
            return YamlText.Line(key, good);
        return globs || paths.Count == 0 || !paths.All(path => Glob.Parse(path) is not null && Fault(path, globs: true) is null)
            ? $"{key}: []"
            : YamlText.Line("scope", paths);
    }

    private static string Mended(string path)
    {
        var plain = new string([.. path.Where(c => !char.IsControl(c))]).Replace('\\', '/').TrimStart('/', '~', '!');
        if (plain.Length > 1 && plain[1] == ':')
            return "";
        var parts = plain.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        return parts.Contains("..") || parts.Contains(".git") ? "" : string.Join('/', parts);
    }

    private static string Shown(string path)
    {
        var plain = new string([.. path.Where(c => !char.IsControl(c))]).Replace('`', '\'');
        return plain.Length <= 80 ? plain : plain[..80] + "...";
    }
}
