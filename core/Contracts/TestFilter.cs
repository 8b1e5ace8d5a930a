using System.Buffers;

namespace Muster.Core.Contracts;

/// <summary>What a test runner's command line selects tests by.</summary>
/// <param name="Name">The name as written, for the words of a problem.</param>
/// <param name="Selects">Whether a test of this qualified name would be run.</param>
/// <param name="Wanted">The simple name that a new test would need; null where the filter is no plain name.</param>
internal sealed record TestFilter(string Name, Func<string, bool> Selects, string? Wanted)
{
    private static readonly SearchValues<char> RegexSigns = SearchValues.Create("\\[]{}.*+?^$()");

    private static readonly HashSet<string> CargoValues =
        ["-p", "--package", "--test", "--bin", "--example", "--bench", "--features", "-F", "--manifest-path", "--target",
         "--target-dir", "-j", "--jobs", "--profile", "--exclude", "--color", "--message-format", "--config", "-Z"];

    /// <summary>The filters in a shell command; empty where it names no runner we know, or selects in a way we cannot judge.</summary>
    public static IReadOnlyList<TestFilter> In(string command) =>
        [.. ShellWords.Commands(command).SelectMany(words => Of(words))];

    private static IEnumerable<TestFilter> Of(IReadOnlyList<string> words)
    {
        var at = Runner(words);
        var rest = words.Skip(at + 1).ToList();
        return at < 0 ? [] : words[at] switch
        {
            "dotnet" when rest is ["test", ..] => Values(rest, "--filter").Select(DotNetFilter.Read).OfType<TestFilter>(),
            "pytest" or "py.test" => [.. Values(rest, "-k").Select(Keyword).OfType<TestFilter>(), .. rest.Select(NodeId).OfType<TestFilter>()],
            "go" when rest is ["test", ..] => Values(rest, "-run", "--run").Select(v => Pattern(v.Split('/')[0])).OfType<TestFilter>(),
            "vitest" or "jest" => Values(rest, "-t", "--testNamePattern").Select(Pattern).OfType<TestFilter>(),
            "cargo" when rest is ["test" or "t", ..] => Cargo(rest),
            _ => [],
        };
    }

    // The word that names the runner, behind variables and the tools that start others.
    private static int Runner(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var starter = word is "npx" or "pnpm" or "yarn" or "bunx" or "bun" or "uv" or "poetry" or "pipenv" or "run" or "exec" or "python" or "python3" or "-m" or "env" or "time" or "sudo" or "timeout" or "--"
                || (i > 0 && word.All(c => char.IsAsciiDigit(c) || c is 's' or 'm')) || word is "--yes" or "-y" or "--no-install"
                || word.IndexOf('=', StringComparison.Ordinal) > 0;
            if (!starter)
                return i;
        }
        return -1;
    }

    private static IEnumerable<string> Values(List<string> words, params string[] options)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--" && !options.Contains("-t"))
                yield break;
            foreach (var option in options)
            {
                if (words[i] == option && i + 1 < words.Count)
                    yield return words[i + 1];
                else if (words[i].StartsWith(option + "=", StringComparison.Ordinal))
                    yield return words[i][(option.Length + 1)..];
            }
        }
    }

    // `-k` takes an expression; a plain word is matched without regard to case, anything else is not judged.
    private static TestFilter? Keyword(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c == '_') && value is not ("and" or "or" or "not") ? Part(value) : null;

    private static TestFilter? NodeId(string value) =>
        value.Split("::") is [var file, .., var last] && file.EndsWith(".py", StringComparison.Ordinal) && last.Split('[')[0] is { Length: > 0 } name
            ? new TestFilter(value, qualified => qualified.Split("::").Contains(name), name)
            : null;

    private static IEnumerable<TestFilter> Cargo(List<string> rest)
    {
        for (var i = 1; i < rest.Count && rest[i] != "--"; i++)
        {
            if (CargoValues.Contains(rest[i]))
                i++;
            else if (!rest[i].StartsWith('-'))
                return [Part(rest[i], "::")];
        }
        return [];
    }

    /// <summary>Part of a name. A test that a contract asks for has no namespace yet, so the end of the filter may name it.</summary>
    internal static TestFilter Part(string value, string parting = ".") => new(
        value,
        qualified => qualified.Contains(value, StringComparison.OrdinalIgnoreCase) || value.EndsWith(parting + qualified, StringComparison.OrdinalIgnoreCase),
        value.Split(parting)[^1]);

    // Go and the JavaScript runners take a regular expression; only a plain one, perhaps with ends and choices, is judged.
    private static TestFilter? Pattern(string value)
    {
        var choices = value.Split('|').Select(choice => choice.TrimStart('^').TrimEnd('$').Trim('(', ')')).ToList();
        if (choices.Any(choice => choice.Length == 0 || choice.AsSpan().ContainsAny(RegexSigns)))
            return null;
        return new TestFilter(value, qualified => choices.Any(choice => qualified.Contains(choice, StringComparison.Ordinal)), choices[0]);
    }
}
