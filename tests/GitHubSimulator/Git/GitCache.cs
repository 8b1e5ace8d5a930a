using System.Collections.Concurrent;

namespace Muster.GitHubSimulator.Git;

/// <summary>What was read from objects that cannot change.</summary>
internal sealed class GitCache
{
    public ConcurrentDictionary<string, Commit> Commits { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<(string From, string To), IReadOnlyList<DiffFile>> Diffs { get; } = new();

    public ConcurrentDictionary<(string From, string To), IReadOnlyList<string>> Ranges { get; } = new();

    public ConcurrentDictionary<(string One, string Other), string?> MergeBases { get; } = new();
}

internal sealed record Commit(
    string Sha, string Tree, IReadOnlyList<string> Parents, Signature Author, Signature Committer, string Message);

internal sealed record Signature(string Name, string Email, DateTimeOffset At);

/// <summary>One changed file; <paramref name="Patch"/> is null for a binary one.</summary>
internal sealed record DiffFile(
    string Path, string? PreviousPath, string Status, int Additions, int Deletions, string Blob, string? Patch);
