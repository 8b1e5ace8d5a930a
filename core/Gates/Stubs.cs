using Muster.Core.Gates.Code;

namespace Muster.Core.Gates;

/// <summary>A function that kept its name and lost its body: callers compile, and nothing works.</summary>
internal static class Stubs
{
    private const int RichStatements = 6;
    private const int RichLines = 10;
    private const double MayLose = 0.7;
    private const double Moved = 0.5;

    public static IEnumerable<Fault> Check(GateInput input) =>
        from family in input.Code.Pairs.GroupBy(p => p.Family)
        from fault in Check(family.ToList())
        select fault;

    private static IEnumerable<Fault> Check(List<CodePair> pairs)
    {
        foreach (var pair in pairs)
        {
            foreach (var was in pair.Before.Definitions.Where(IsRich))
            {
                if (Successor(was, pair, pairs) is { } now && HasLost(was, now.Definition) && !LivesOn(was, now.Definition, pairs))
                    yield return Fault(was, now.Definition, now.Pair.Path, HandsOver(was, now.Definition, pairs));
            }
        }
    }

    private static bool IsRich(Definition was) =>
        was.Kind != DefinitionKind.Type && (was.Statements >= RichStatements || was.CodeLines >= RichLines);

    private static bool HasLost(Definition was, Definition now) => now.Body.Count <= was.Body.Count * (1 - MayLose);

    // Looked for in what the change brought, outside tests: a copy in a test keeps nothing alive.
    private static bool LivesOn(Definition was, Definition now, List<CodePair> pairs)
    {
        var brought = pairs.SelectMany(p =>
        {
            var old = p.Before.Definitions.Select(d => (d.Key, string.Join(' ', d.Body))).ToHashSet();
            return p.After.Definitions.Where(d => d != now && (d.Kind != DefinitionKind.Test || was.Kind == DefinitionKind.Test))
                .Where(d => !old.Contains((d.Key, string.Join(' ', d.Body))));
        });
        return new Substance(brought.Select(d => d.Body)).Holds(was.Body) >= Moved;
    }

    // To another overload, for example: what it calls is about as rich as what it was, which a person can compare.
    private static bool HandsOver(Definition was, Definition now, List<CodePair> pairs) => pairs
        .SelectMany(p => p.After.Definitions)
        .Where(d => d != now && d.Body.Count >= was.Body.Count * (1 - MayLose))
        .Any(d => Enumerable.Range(0, Math.Max(0, now.Body.Count - 1)).Any(at => now.Body[at] == d.Name && now.Body[at + 1] is "(" or "<"));

    // The same key; else what took its place under the same name: a changed signature, another file, another type.
    private static (CodePair Pair, Definition Definition)? Successor(Definition was, CodePair pair, List<CodePair> pairs)
    {
        if (Largest([pair], d => d.Key == was.Key) is { } same)
            return same;
        var old = pairs.SelectMany(p => p.Before.Definitions).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        return Largest([pair], d => d.Title == was.Title && !old.Contains(d.Key))
            ?? Largest(pairs, d => d.Key == was.Key)
            ?? Largest(pairs, d => d.Name == was.Name && d.Kind == was.Kind && !old.Contains(d.Key));
    }

    private static (CodePair, Definition)? Largest(IEnumerable<CodePair> pairs, Func<Definition, bool> fits) => pairs
        .SelectMany(p => p.After.Definitions.Where(fits).Select(d => ((CodePair, Definition)?)(p, d)))
        .MaxBy(found => found!.Value.Item2.Body.Count);

    private static Fault Fault(Definition was, Definition now, string path, bool handsOver) => now.Statements <= 1 && now.CodeLines <= 2 && !handsOver
        ? new Fault(path, now.Line,
            $"`{now.Title}` kept its name and lost its body: {Lines(was.CodeLines)} became {Lines(now.CodeLines)}.",
            $"Restore what `{was.Title}` did, or move it to a function that it calls.")
        : new Fault(path, now.Line,
            $"`{now.Title}` lost most of its body: {Lines(was.CodeLines)} became {Lines(now.CodeLines)}.",
            $"Show that `{now.Title}` still does all it did.", "shrunk");

    private static string Lines(int lines) => lines == 1 ? "1 line" : $"{lines} lines";
}
