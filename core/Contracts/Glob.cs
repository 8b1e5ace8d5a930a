namespace Muster.Core.Contracts;

/// <summary>
/// A pattern over paths: <c>*</c> and <c>?</c> stay inside one part, <c>**</c> is any number of parts, <c>{a,b}</c> is a
/// choice. Case matters. What ends on a plain part also means everything beneath it, so <c>src/parser</c>,
/// <c>src/parser/</c> and <c>src/parser/**</c> say the same; <c>[id]</c> is a name, as web frameworks write it.
/// </summary>
public sealed class Glob
{
    private const int Longest = 1_000;
    private const int MostChoices = 64;
    private const string Deep = "**";

    private readonly List<Choice> choices;

    private Glob(string text, List<Choice> choices) => (Text, this.choices) = (text, choices);

    public string Text { get; }

    /// <summary>
    /// The fixed folder that each choice begins with, <c>/</c> at its end; empty where it begins with a wildcard. Two
    /// patterns meet only where one such folder holds another, which makes a cheap index.
    /// </summary>
    public IEnumerable<string> Folders => choices.Select(choice => choice.Folder);

    /// <summary>Reads a pattern; null where it is none (unbalanced braces, empty parts, too long, too many choices).</summary>
    public static Glob? Parse(string text)
    {
        if (text.Length is 0 or > Longest || text[0] is '/' or '!' || text.Any(c => c == '\\' || char.IsControl(c)))
            return null;
        if (Expand(text) is not { } expanded)
            return null;
        var choices = new List<Choice>();
        foreach (var choice in expanded)
        {
            var parts = (choice.EndsWith('/') ? choice[..^1] : choice).Split('/');
            if (parts.Any(part => part.Length == 0))
                return null;
            choices.Add(Choice.Of(IsWild(parts[^1]) ? parts : [.. parts, Deep]));
        }
        return new Glob(text, choices);
    }

    public bool Matches(string path)
    {
        foreach (var choice in choices)
        {
            // Most paths are told apart by where they begin.
            var below = path.StartsWith(choice.Folder, StringComparison.Ordinal);
            if (below ? choice.IsWhole || Match(choice.Parts, path.Split('/')) : choice.IsWhole && IsItself(choice.Folder, path))
                return true;
        }
        return false;
    }

    /// <summary>Whether some path can match both. It may say yes in vain; it never says no where there is one.</summary>
    public bool MayMeet(Glob other) => choices.Any(mine => other.choices.Any(theirs => Meet(mine, theirs)));

    /// <summary>Whether every path that <paramref name="other"/> matches is matched here. It may say no in vain, never yes.</summary>
    public bool Covers(Glob other) => other.choices.All(theirs => choices.Any(mine => Cover(mine, theirs)));

    public override string ToString() => Text;

    private static bool IsWild(string part) => part.AsSpan().ContainsAny('*', '?');

    // `src/a.cs` is its own folder `src/a.cs/`.
    private static bool IsItself(string folder, string path) =>
        folder.Length == path.Length + 1 && folder.StartsWith(path, StringComparison.Ordinal);

    // Only the plain case: a fixed folder and everything in it, or the very same pattern.
    private static bool Cover(Choice mine, Choice theirs) =>
        (mine.IsWhole && theirs.Folder.StartsWith(mine.Folder, StringComparison.Ordinal)) || mine.Parts.SequenceEqual(theirs.Parts);

    private static bool Meet(Choice mine, Choice theirs)
    {
        var inMine = theirs.Folder.StartsWith(mine.Folder, StringComparison.Ordinal);
        var inTheirs = mine.Folder.StartsWith(theirs.Folder, StringComparison.Ordinal);
        return (inMine || inTheirs) && ((inMine && mine.IsWhole) || (inTheirs && theirs.IsWhole) || Meet(mine.Parts, theirs.Parts));
    }

    // Greedy with one way back, to the last `**`: linear in practice, never exponential.
    private static bool Match(string[] pattern, string[] path)
    {
        int at = 0, part = 0, deep = -1, resume = 0;
        while (part < path.Length)
        {
            if (at < pattern.Length && pattern[at] == Deep)
            {
                deep = at++;
                resume = part;
            }
            else if (at < pattern.Length && MatchPart(pattern[at], path[part]))
            {
                at++;
                part++;
            }
            else if (deep >= 0)
            {
                at = deep + 1;
                part = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(at).IndexOfAnyExcept(Deep) < 0;
    }

    private static bool MatchPart(string pattern, string name)
    {
        int at = 0, letter = 0, star = -1, resume = 0;
        while (letter < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = letter;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == name[letter]))
            {
                at++;
                letter++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                letter = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern.AsSpan(at).IndexOfAnyExcept('*') < 0;
    }

    private static bool Meet(string[] a, string[] b) =>
        Meet(a.Length, b.Length, i => a[i] == Deep, j => b[j] == Deep, (i, j) => Meet(a[i], b[j]));

    private static bool Meet(string a, string b) =>
        Meet(a.Length, b.Length, i => a[i] == '*', j => b[j] == '*', (i, j) => a[i] == '?' || b[j] == '?' || a[i] == b[j]);

    // Do two patterns have a common word? Filled from the ends: open[i, j] says whether the rests from i and j have one.
    private static bool Meet(int aLength, int bLength, Func<int, bool> aAny, Func<int, bool> bAny, Func<int, int, bool> same)
    {
        var open = new bool[aLength + 1, bLength + 1];
        for (var i = aLength; i >= 0; i--)
        {
            for (var j = bLength; j >= 0; j--)
            {
                open[i, j] = (i == aLength && j == bLength)
                    || (i < aLength && aAny(i) && (open[i + 1, j] || (j < bLength && open[i, j + 1])))
                    || (j < bLength && bAny(j) && (open[i, j + 1] || (i < aLength && open[i + 1, j])))
                    || (i < aLength && j < bLength && !aAny(i) && !bAny(j) && open[i + 1, j + 1] && same(i, j));
            }
        }
        return open[0, 0];
    }

    // Writes every choice out, the innermost braces first.
    private static List<string>? Expand(string text)
    {
        var done = new List<string>();
        var open = new Stack<string>([text]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            var close = next.IndexOf('}', StringComparison.Ordinal);
            var start = close < 0 ? next.IndexOf('{', StringComparison.Ordinal) : next.LastIndexOf('{', close);
            if (close < 0 != start < 0)
                return null;
            if (close < 0)
                done.Add(next);
            else
                foreach (var choice in next[(start + 1)..close].Split(',').Reverse())
                    open.Push(next[..start] + choice + next[(close + 1)..]);
            if (done.Count + open.Count > MostChoices)
                return null;
        }
        return done;
    }

    /// <param name="Folder">The fixed parts at the start, each with its slash.</param>
    /// <param name="IsWhole">Everything in the folder, and the folder itself.</param>
    private sealed record Choice(string[] Parts, string Folder, bool IsWhole)
    {
        public static Choice Of(string[] parts)
        {
            var fixedParts = parts.TakeWhile(part => !IsWild(part)).ToList();
            return new Choice(parts, string.Concat(fixedParts.Select(part => part + "/")), parts.Length == fixedParts.Count + 1 && parts[^1] == Deep);
        }
    }
}
