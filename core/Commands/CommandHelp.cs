namespace Muster.Core.Commands;

/// <summary>The help, written from the table that the parser reads: it cannot promise what is not understood.</summary>
public static class CommandHelp
{
    public static string Text { get; } = Write();

    private static string Write()
    {
        var lines = CommandTable.Entries.Select(entry => $"| `{Cell(entry.Usage)}` | {entry.Says}{(entry.Works ? "" : " *Comes later.*")} |");
        return $"""
            Write a command as the first word of a line in a new comment; `/muster` works like `/dispatch`.

            | Command | What it does |
            |---|---|
            {string.Join('\n', lines)}
            """.ReplaceLineEndings("\n");
    }

    // A bar ends a table cell, in code too.
    private static string Cell(string usage) => usage.Replace("|", @"\|", StringComparison.Ordinal);
}
