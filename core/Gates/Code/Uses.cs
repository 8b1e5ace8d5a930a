using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Core.Gates.Code;

/// <summary>
/// Decides by its line alone whether a word uses a removed symbol. It answers no where it cannot tell: what it misses,
/// the compiler or the acceptance run finds; what it claims, a person can look at.
/// </summary>
internal static partial class Uses
{
    // Names that every library has too: `x.Parse(` says nothing about whose Parse it is.
    private static readonly FrozenSet<string> Common = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "abort", "accept", "all", "any", "append", "apply", "args", "assert", "begin", "bind", "build", "bytes", "call", "cancel", "check", "clear",
        "clone", "close", "code", "collect", "commit", "compare", "compareto", "complete", "concat", "configure", "connect", "contains", "content",
        "context", "convert", "copy", "copyto", "count", "create", "current", "data", "date", "decode", "default", "delete", "dispose",
        "disposeasync", "emit", "empty", "encode", "ends", "enqueue", "ensure", "entries", "equal", "equals", "error", "exec", "execute",
        "executeasync", "exists", "exit", "fail", "false", "fetch", "file", "fill", "filter", "find", "finish", "first", "flush", "foreach",
        "format", "from", "getasync", "getbytes", "getenumerator", "gethashcode", "getvalue", "groupby", "handle", "hash", "head", "index",
        "indexof", "info", "init", "initialize", "insert", "invoke", "isempty", "items", "join", "keys", "kind", "last", "length", "line", "lines",
        "list", "load", "lock", "main", "match", "matches", "merge", "message", "move", "movenext", "name", "next", "none", "normalize", "notify",
        "null", "open", "options", "parse", "parseasync", "path", "peek", "ping", "post", "print", "process", "publish", "push", "query", "raise",
        "range", "read", "readasync", "readline", "receive", "register", "release", "reload", "remove", "removeat", "render", "repeat", "replace",
        "request", "reset", "resolve", "response", "restore", "result", "resume", "return", "reverse", "root", "save", "saveasync", "scan",
        "search", "select", "send", "sendasync", "serialize", "setup", "setvalue", "shutdown", "signal", "size", "skip", "sleep", "slice", "some",
        "sort", "source", "split", "start", "startasync", "state", "status", "step", "stop", "stopasync", "store", "stream", "strip", "subscribe",
        "success", "swap", "take", "test", "text", "then", "throw", "title", "toarray", "tolist", "tostring", "trace", "transform", "trim", "true",
        "tryadd", "trygetvalue", "tryparse", "type", "union", "unlock", "update", "updateasync", "validate", "value", "values", "verify", "version",
        "visit", "wait", "waitasync", "warn", "where", "wrap", "write", "writeasync", "writeline", "zip");

    public static IReadOnlyList<Place> Of(RemovedSymbol removed, IEnumerable<SourceLine> lines, int most)
    {
        var places = new List<Place>();
        foreach (var line in lines.Where(l => l.Family == removed.From.Family))
        {
            foreach (Match word in Regex.Matches(line.Code, $@"(?<![\w$]){Regex.Escape(removed.Name)}(?![\w$])"))
            {
                if (Declares(line, word))
                    return [];
                if (places.Count < most && (places.Count == 0 || places[^1] != line.Place) && IsUse(removed, line, word))
                    places.Add(line.Place);
            }
        }

        return places;
    }

    private static bool IsUse(RemovedSymbol removed, SourceLine line, Match word)
    {
        var (before, after) = (line.Code[..word.Index], line.Code[(word.Index + word.Length)..]);
        var sameFile = line.Place.File == removed.From.Path;
        if (removed.Was.Local && !sameFile)
            return false;
        if (removed.Was.Kind == DefinitionKind.Type)
            return sameFile || IsDistinctive(removed.Name);
        if (line.Family == Family.Shell)
            return CommandPosition.IsMatch(before) && (sameFile || IsDistinctive(removed.Name));
        var receiver = Receiver.Match(before);
        var called = Call.IsMatch(after);
        if (!receiver.Success)
            return (called && (sameFile || IsDistinctive(removed.Name))) || Import.IsMatch(before);
        var owner = receiver.Groups[1].Value;
        return (sameFile && owner is "this" or "self" or "Self") || Resembles(owner, removed.Was.Scope.Split('.')[^1])
            || (!removed.Was.Local && IsDistinctive(removed.Name) && !(line.Family == Family.CSharp && PlatformNames.Contains(removed.Name)));
    }

    private static bool IsDistinctive(string name) => name.Length >= 4 && !Common.Contains(name);

    // `lexer.Read(`, `_lexer.Read(`, `Lexer.Read(` and `tokenLexer.Read(` mean Lexer's.
    private static bool Resembles(string owner, string type) =>
        type.Length >= 3 && owner.EndsWith(type, StringComparison.OrdinalIgnoreCase);

    // `Type Name(` declares; `return Name(` and `new Name(` use.
    private static bool Declares(SourceLine line, Match word)
    {
        var (before, after) = (line.Code[..word.Index], line.Code[(word.Index + word.Length)..]);
        return line.Family switch
        {
            Family.Shell => FunctionHead.IsMatch(after) || before.TrimEnd().EndsWith("function", StringComparison.Ordinal),
            Family.Go when GoMethod.IsMatch(before) => true,
            Family.Script or Family.Python when Assigned.IsMatch(after) && !before.TrimEnd().EndsWith('.') => true,
            Family.Script when ScriptMethod.IsMatch(after) && before.AsSpan().IsWhiteSpace() => true,
            Family.CSharp when Namespace.IsMatch(before) => true,
            Family.CSharp or Family.Java when Member.IsMatch(before) => true,
            _ => WordBefore.Match(before) is { Success: true } type && !Expression.IsMatch(type.Groups[1].Value),
        };
    }

    [GeneratedRegex(@"(?:^|[^\w.])([A-Za-z_][\w.]*[\w<>,\[\]?]*)\s+[*&]*$", RegexOptions.CultureInvariant)]
    private static partial Regex WordBefore { get; }

    [GeneratedRegex(@"^(?:return|await|new|throw|in|is|as|case|yield|not|and|or|else|do|when|where|goto|delete|typeof|instanceof|import|from|if|elif|while|until|then|extends|implements|raise|assert|lambda|go|defer|range|default|out|ref|base|with|export|move|dyn|impl|mut|use|for|of|void|static|on|equals|select|by|let)$", RegexOptions.CultureInvariant)]
    private static partial Regex Expression { get; }

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)*(?:public|private|protected|internal)\b[^={]*[\s)>\]?]$", RegexOptions.CultureInvariant)]
    private static partial Regex Member { get; }

    // Parts of a namespace are names of their own.
    [GeneratedRegex(@"^\s*(?:(?:global\s+)?using|namespace)\s+(?!static\b)[\w.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Namespace { get; }

    [GeneratedRegex(@"(\w*)\s*(?:\)|\])?[?!]?(?:\.|::|->)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Receiver { get; }

    [GeneratedRegex(@"^\s*(?:<[^()]*>|::<[^()]*>)?\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Call { get; }

    [GeneratedRegex(@"^\s*(?:import|from|use|pub use|export)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Import { get; }

    [GeneratedRegex(@"^\s*(?:=(?![=>])|:(?!:))", RegexOptions.CultureInvariant)]
    private static partial Regex Assigned { get; }

    [GeneratedRegex(@"^\s*(?:<[^>]*>)?\([^;]*\)\s*(?::[^;{]+)?\{\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex ScriptMethod { get; }

    [GeneratedRegex(@"^func\b[^{]*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex GoMethod { get; }

    [GeneratedRegex(@"^\s*\(\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex FunctionHead { get; }

    [GeneratedRegex(@"(?:^|[;|&`(!]|\b(?:then|do|if|elif|else|while|until|time|exec))\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex CommandPosition { get; }
}
