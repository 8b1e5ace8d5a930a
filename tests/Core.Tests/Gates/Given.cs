using System.Text;
using Muster.Core.Contracts;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

/// <summary>Changes as git would tell them, without git: what differs, before and after.</summary>
internal static class Given
{
    public static readonly CommitSha Base = new(new string('a', 40));
    public static readonly CommitSha Head = new(new string('b', 40));

    public static Change Change(params (string Path, string? Before, string? After)[] files) => new(
        Base, Base, Head, files.Length > 0,
        [.. files.Select(f => new ChangedFile(f.Path, Status(f), f.Before is null ? 0 : 100644, f.After is null ? 0 : 100644, f.Before, f.After, false))],
        new Dictionary<string, IReadOnlyList<Place>>());

    /// <summary>The change with its references looked up in these files of the head's tree, as git grep would print them.</summary>
    public static Change WithTree(this Change change, params (string Path, string Text)[] tree)
    {
        var names = Destruction.RemovedNames(change);
        var grep = new StringBuilder();
        foreach (var (path, text) in tree.Concat(change.Files.Where(f => f.After is not null).Select(f => (f.Path, f.After!))))
        {
            foreach (var (line, i) in text.Split('\n').Select((line, i) => (line, i)).Where(l => names.Any(l.line.Contains)))
                grep.Append(Head.Value).Append(':').Append(path).Append('\0').Append(i + 1).Append('\0').Append(line).Append('\n');
        }

        return ReferenceReader.Fill(change, Encoding.UTF8.GetBytes(grep.ToString()));
    }

    public static GateVerdict Judge(this Change change, Contract? contract = null, Evidence? evidence = null, GateRules? rules = null) =>
        GateRun.Evaluate(change, evidence ?? Evidence.None, contract ?? new Contract(), rules ?? GateRules.Default);

    /// <summary>Rule, action, file and line of every finding, in words that a table can hold.</summary>
    public static IReadOnlyList<string> Short(this GateVerdict verdict) =>
        [.. verdict.Findings.Select(f => $"{f.Rule} {f.Action} {f.File ?? "-"}:{(f.Line is { } line ? line : "-")}")];

    /// <summary>What would stop the change.</summary>
    public static IReadOnlyList<string> Blocking(this GateVerdict verdict) =>
        (verdict with { Findings = [.. verdict.Findings.Where(f => f.Action == GateAction.Block)] }).Short();

    private static FileStatus Status((string, string? Before, string? After) file) =>
        file.Before is null ? FileStatus.Added : file.After is null ? FileStatus.Deleted : FileStatus.Modified;
}
