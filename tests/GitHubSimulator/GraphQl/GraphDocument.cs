namespace Muster.GitHubSimulator.GraphQl;

/// <summary>One operation of a GraphQL document: as much of the language as operations of ours need.</summary>
internal sealed record GraphDocument(string Operation, string? Name, IReadOnlyList<GraphField> Fields);

/// <summary>
/// A selected field; its arguments are read already, its own selection is empty for a scalar. A field out of a fragment
/// is only meant for objects <paramref name="On"/> that type.
/// </summary>
internal sealed record GraphField(
    string Alias, string Name, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<GraphField> Fields, string? On = null)
{
    public string? Text(string name) => Arguments.GetValueOrDefault(name) as string;

    public int? Whole(string name) =>
        int.TryParse(Text(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    public bool Flag(string name) => Arguments.GetValueOrDefault(name) is true or "true";

    /// <summary>A list argument; one value stands for a list of it, as the language has it.</summary>
    public IReadOnlyList<string> List(string name) => Arguments.GetValueOrDefault(name) switch
    {
        null => [],
        IReadOnlyList<object?> many => [.. many.OfType<string>()],
        var one => [one.ToString()!],
    };
}

internal sealed class GraphSyntax(string message) : Exception(message);
