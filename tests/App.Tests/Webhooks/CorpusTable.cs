namespace Muster.App.Tests.Webhooks;

/// <summary>The checked-in table, one section a source.</summary>
internal static class CorpusTable
{
    /// <exception cref="Xunit.Sdk.XunitException">The section says something else.</exception>
    public static void Holds(string section, IReadOnlyList<(string Payload, string Becomes)> rows)
    {
        var actual = string.Join('\n', rows.OrderBy(r => r.Payload, StringComparer.Ordinal).ThenBy(r => r.Becomes, StringComparer.Ordinal).Select(r => $"| {r.Payload} | {r.Becomes} |"));
        var text = File.ReadAllText(Corpus.Table);
        var start = text.IndexOf($"## {section}\n", StringComparison.Ordinal);
        var table = text.IndexOf("|---|---|\n", start, StringComparison.Ordinal) + "|---|---|\n".Length;
        var end = text.IndexOf("\n\n", table - 1, StringComparison.Ordinal) is var blank and >= 0 ? blank : text.TrimEnd('\n').Length;
        var expected = table <= end ? text[table..end] : "";
        if (expected == actual)
            return;

        // Left beside the tests, to be looked at and, where it is right, put into the table.
        var file = Path.Combine(AppContext.BaseDirectory, $"Corpus.{section.Split(' ')[0]}.md");
        File.WriteAllText(file, actual);
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        Assert.Fail($"""
            What webhooks become has changed. Where this is right, put {file} into the section "{section}" of {Corpus.Table}.
            no longer:
            {string.Join('\n', was.Except(now))}
            now:
            {string.Join('\n', now.Except(was))}
            """);
    }
}
