namespace Muster.Core.Gates.Code;

internal enum DefinitionKind
{
    Type,
    Function,
    Test,
}

/// <summary>Something with a name that others may use.</summary>
/// <param name="Scope">The names around it, outermost first, joined by dots.</param>
/// <param name="Signature">Tells overloads apart; empty in languages without them.</param>
/// <param name="Line">Where its declaration starts.</param>
/// <param name="CodeLines">Lines of its body that hold more than a brace or a comment.</param>
/// <param name="Body">The body's tokens: no white space, no comment. Empty for a type or an abstract member.</param>
/// <param name="Local">Nobody outside its file can use it.</param>
/// <param name="Replaces">An override or an explicit implementation: without it the name still means something.</param>
internal sealed record Definition(
    DefinitionKind Kind,
    string Name,
    string Scope,
    string Signature,
    int Line,
    int CodeLines,
    int Statements,
    IReadOnlyList<string> Body,
    bool Local = false,
    bool Replaces = false)
{
    /// <summary>What a person calls it.</summary>
    public string Title => Scope.Length == 0 ? Name : $"{Scope}.{Name}";

    public string Key => $"{Title}{Signature}";
}

/// <summary>A test as its source tells it.</summary>
/// <param name="Assertions">Calls that can make it fail.</param>
internal sealed record TestCase(string Name, string Title, int Line, bool Skipped, int Assertions, IReadOnlyList<string> Body);

/// <summary>One side of a changed file, read.</summary>
/// <param name="Declared">Every name it declares, members without a body and imports included.</param>
internal sealed record CodeFile(
    IReadOnlyList<Definition> Definitions,
    IReadOnlyList<TestCase> Tests,
    IReadOnlySet<string> Declared)
{
    public static CodeFile Empty { get; } = new([], [], new HashSet<string>());

    /// <summary>Reads one side; an absent one declares nothing. Null where the text is no work of hands and cannot be read.</summary>
    public static CodeFile? Read(Family family, string path, string? text) => text switch
    {
        null => Empty,
        _ when Nesting.IsTooDeep(text) => null,
        _ when family == Family.CSharp => CSharpReader.Read(text),
        _ => PatternReader.Read(family, path, text),
    };
}
