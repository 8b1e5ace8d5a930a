using System.Text.Json;

namespace FakeAgent.Review;

internal sealed record ReviewFinding(string Severity, string File, int Line, string Title, string Body, double Confidence);

/// <summary>A reviewer's answer in the schema that the harness reads.</summary>
internal sealed record ReviewReport(string Verdict, string Summary, IReadOnlyList<ReviewFinding> Findings)
{
    public string ToJson() => JsonSerializer.Serialize(this, Json.Default.ReviewReport);
}
