using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>A file that lost far more than it gained, whatever language it is in. Lines that another file gained count as moved.</summary>
internal static class NetDeletion
{
    private const int Ratio = 3;
    private const int Enough = 10;

    public static IEnumerable<Fault> Check(GateInput input)
    {
        var files = input.Change.Files.Where(f => !f.Binary && (f.Before ?? f.After) is not null).Select(f => new Lines(f)).ToList();
        var moved = files.SelectMany(f => f.Gained).CountBy(line => line).ToDictionary();
        foreach (var file in files)
        {
            var lost = file.Lost.Count - file.Lost.Count(line => Take(moved, line));
            if (lost > Ratio * file.Gained.Count && lost - file.Gained.Count > Enough)
                yield return new Fault(file.File.Path, file.File.Status == FileStatus.Deleted ? null : ChangedLines.First(file.File),
                    $"`{file.File.Path}` lost {lost} lines and gained {file.Gained.Count}.",
                    "Say what the removed lines did and why nothing needs it.", "net-deletion");
        }
    }

    private static bool Take(Dictionary<string, int> counts, string line)
    {
        if (counts.GetValueOrDefault(line) is not (> 0 and var left))
            return false;
        counts[line] = left - 1;
        return true;
    }

    private sealed class Lines
    {
        public Lines(ChangedFile file)
        {
            File = file;
            Lost = ChangedLines.Only(file.Before, file.After);
            Gained = ChangedLines.Only(file.After, file.Before);
        }

        public ChangedFile File { get; }

        public IReadOnlyList<string> Lost { get; }

        public IReadOnlyList<string> Gained { get; }
    }
}
