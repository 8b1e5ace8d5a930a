using System.Text.RegularExpressions;

namespace Muster.Core.Gates.Code;

/// <summary>How definitions look in languages that are read by pattern. Group <c>name</c> names; <c>type</c> marks a type.</summary>
internal static partial class Patterns
{
    public static Regex Of(Family family) => family switch
    {
        Family.Script => Script,
        Family.Python => Python,
        Family.Go => Go,
        Family.Rust => Rust,
        Family.Java => Java,
        Family.Shell => Shell,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "read by syntax, not by pattern"),
    };

    /// <summary>Names that a text gives to something else than a definition: assignments, keys, imports.</summary>
    [GeneratedRegex(@"\b(?<name>[A-Za-z_$][\w$]*)\s*(?:=(?![=>])|:(?!:)|\?:)|^[ \t]*(?:from|import|export|use|pub use|require)\b[^\n]*?(?:\b(?<name>[A-Za-z_$][\w$]*)\b[^\w\n]*)+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 2000)]
    public static partial Regex Named { get; }

    [GeneratedRegex(@"\w+|[^\w\s]", RegexOptions.CultureInvariant)]
    public static partial Regex Token { get; }

    [GeneratedRegex(@"^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:(?:abstract[ \t]+)?(?<type>class|interface|enum)[ \t]+(?<name>[\w$]+)|(?:async[ \t]+)?function[ \t]*\*?[ \t]*(?<name>[\w$]+)|(?:const|let|var)[ \t]+(?<name>[\w$]+)[^=\n;]*=[ \t]*(?:async[ \t]*)?(?:function\b|\([^\n;]*=>|\([^)\n]*$|[\w$]+[ \t]*=>)|(?:(?:public|private|protected|static|async|override|readonly|get|set)[ \t]+|[*#])*(?!(?:if|for|while|switch|catch|function|return|constructor|super|with|do|else|await|new|typeof|throw)\b)(?<name>[\w$]+)[ \t]*(?:<[^>\n]*>)?\((?:[^()\n]|\([^()\n]*\))*\)[ \t]*(?::[^{;\n]+)?\{)", RegexOptions.Multiline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Script { get; }

    [GeneratedRegex(@"^[ \t]*(?:(?<type>class)|(?:async[ \t]+)?def)[ \t]+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Python { get; }

    [GeneratedRegex(@"^(?:func[ \t]*(?:\([^)\n]*\)[ \t]*)?(?<name>\w+)[ \t]*[\[(]|(?<type>type)[ \t]+(?<name>\w+))", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Go { get; }

    [GeneratedRegex(@"^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?(?:(?:default|const|async|unsafe|extern(?:[ \t]+""[^""\n]*"")?)[ \t]+)*(?:fn|(?<type>struct|enum|trait|union))[ \t]+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rust { get; }

    [GeneratedRegex(@"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]*)*(?:(?:public|private|protected|static|final|abstract|synchronized|native|default|sealed|strictfp)[ \t]+)*(?:(?<type>class|interface|enum|record|@interface)[ \t]+(?<name>\w+)|(?:<[^>\n]*>[ \t]*)?(?!(?:return|new|else|throw|case|package|import|assert|yield)\b)[\w.$]+(?:<[^;(){}\n]*>)?(?:\[\])*[ \t]+(?<name>\w+)[ \t]*\()", RegexOptions.Multiline | RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Java { get; }

    [GeneratedRegex(@"^[ \t]*(?:function[ \t]+(?<name>[\w:-]+)|(?<name>[\w:-]+)[ \t]*\([ \t]*\))", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Shell { get; }
}
