namespace Muster.Core.Gates.Code;

/// <summary>Languages whose definitions a gate can tell apart.</summary>
internal enum Family
{
    CSharp,
    Script,
    Python,
    Go,
    Rust,
    Java,
    Shell,
}

internal static class Families
{
    private static readonly Dictionary<string, Family> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cs"] = Family.CSharp,
        ["js"] = Family.Script,
        ["jsx"] = Family.Script,
        ["mjs"] = Family.Script,
        ["cjs"] = Family.Script,
        ["ts"] = Family.Script,
        ["tsx"] = Family.Script,
        ["mts"] = Family.Script,
        ["cts"] = Family.Script,
        ["py"] = Family.Python,
        ["go"] = Family.Go,
        ["rs"] = Family.Rust,
        ["java"] = Family.Java,
        ["sh"] = Family.Shell,
        ["bash"] = Family.Shell,
    };

    public static Family? Of(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') && ByExtension.TryGetValue(path[(dot + 1)..], out var family) ? family : null;
    }
}
