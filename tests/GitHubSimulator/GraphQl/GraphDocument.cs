namespace Muster.GitHubSimulator.GraphQl;

/// <summary>One operation of a GraphQL document: as much of the language as named operations of ours need.</summary>
internal sealed record GraphDocument(string Operation, string? Name, IReadOnlyList<GraphField> Fields);

/// <summary>A selected field; its arguments are read already, its own selection is empty for a scalar.</summary>
internal sealed record GraphField(
    string Alias, string Name, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<GraphField> Fields);

internal sealed class GraphSyntax(string message) : Exception(message);
