using System.Text.Json;

namespace Muster.Demo.Staging;

/// <summary>Who plays which role: what goes into runner.yml.</summary>
/// <param name="Author">Command line of the implementer.</param>
/// <param name="Reviewer">Command line of the reviewer.</param>
/// <param name="Readable">Folders that the agents' sandbox shows them besides.</param>
public sealed record RunnerFile(IReadOnlyList<string> Author, IReadOnlyList<string> Reviewer, IReadOnlyList<string> Readable)
{
    public const string AuthorProvider = "author-co";
    public const string ReviewerProvider = "reviewer-co";

    /// <summary>JSON is YAML, and nobody has to think about quoting.</summary>
    public override string ToString() => $$"""
        providers:
          {{AuthorProvider}}: {}
          {{ReviewerProvider}}: {}
        sandbox: {readable: {{Json(Readable)}}, writable: []}
        agents:
          implement: {harness: command, provider: {{AuthorProvider}}, command: {{Json(Author)}}}
          review: {harness: command, provider: {{ReviewerProvider}}, command: {{Json(Reviewer)}}}

        """;

    private static string Json(IReadOnlyList<string> words) => JsonSerializer.Serialize(words);
}
