namespace Muster.Core.Gates;

/// <summary>
/// Files that steer machines: pipelines, owners, git itself, hooks, and the instructions of agents. A change to them acts
/// before anybody reviews it. Case is ignored, as some file systems do.
/// </summary>
internal static class ProtectedPath
{
    public const string Rule = "protected-path";

    private static readonly string[] Folders =
    [
        ".github/workflows", ".github/actions", ".githooks", ".husky", ".claude", ".codex", ".cursor", ".gemini", ".opencode", ".windsurf",
    ];

    private static readonly string[] Files =
    [
        ".github/muster.yml", ".github/dependabot.yml", ".github/copilot-instructions.md", ".pre-commit-config.yaml", "lefthook.yml",
    ];

    private static readonly string[] Names =
    [
        "CODEOWNERS", ".gitmodules", ".gitattributes", "AGENTS.md", "AGENTS.override.md", "CLAUDE.md", "CLAUDE.local.md", "GEMINI.md",
        ".cursorrules", ".windsurfrules", ".mcp.json",
    ];

    public static IEnumerable<Fault> Check(GateInput input) =>
        from file in input.Change.Files
        where IsProtected(file.Path) || input.Protected.Matches(file.Path)
        let named = input.Names(file.Path)
        select new Fault(file.Path, ChangedLines.First(file),
            $"`{file.Path}` steers machines{(named ? ", and the contract asks for it by name" : "")}: a change to it acts before anybody reviews it.",
            named ? $"A person confirms the change to `{file.Path}`." : $"Leave `{file.Path}` as it was; name it under `files:` if it is what the issue is about.",
            named ? "named" : null);

    private static bool IsProtected(string path) =>
        Files.Contains(path, StringComparer.OrdinalIgnoreCase)
        || Names.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase)
        || Folders.Any(folder => $"/{path}".Contains($"/{folder}/", StringComparison.OrdinalIgnoreCase));
}
