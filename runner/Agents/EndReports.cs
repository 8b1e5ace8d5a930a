using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.Core.Wire;
using Muster.Runner.Processes;

namespace Muster.Runner.Agents;

/// <summary>A reviewer's answer.</summary>
public sealed record ReviewReport(bool Approves, string Summary, IReadOnlyList<Finding> Findings);

/// <summary>What was found where an agent may leave its end report. It is words, to be shown, and never evidence.</summary>
/// <param name="Fault">Why it is no report; null where it is one or where there is none.</param>
public sealed record ReadReport<T>(T? Report, string? Fault)
    where T : class;

/// <summary>Reads end reports. The schema is strict: half an answer is no answer.</summary>
public static class EndReports
{
    private const int SizeLimit = 1024 * 1024;

    private static readonly string[] Statuses = ["done", "done-with-concerns", "needs-context", "blocked"];

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static ReadReport<AuthorReport> ReadAuthor(string path) => Read<AuthorShape, AuthorReport>(path, shape =>
        Statuses.Contains(shape.Status)
            ? new AuthorReport(shape.Status, shape.Summary, Texts(shape.Unsure), Texts(shape.Surprises))
            : throw new JsonException($"status '{shape.Status}' is none of {string.Join(", ", Statuses)}"));

    public static ReadReport<ReviewReport> ReadReview(string path) => Read<ReviewShape, ReviewReport>(path, shape =>
        shape.Verdict is not ("approve" or "request-changes")
            ? throw new JsonException($"verdict '{shape.Verdict}' is neither approve nor request-changes")
            : new ReviewReport(shape.Verdict == "approve", shape.Summary, [.. shape.Findings.Select(Check)]));

    // What is in a list may be null whatever its type says: nullable annotations are checked on members only.
    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? list) => list is null ? []
        : list.Contains(null) ? throw new JsonException("a list of texts holds null")
        : [.. list.OfType<string>()];

    private static Finding Check(FindingShape? f) => f is { Confidence: >= 0 and <= 1, Line: null or > 0 }
        ? new Finding(f.Severity, f.File, f.Line, f.Title, f.Body, f.Confidence)
        : throw new JsonException($"finding '{f?.Title}' is null, or has a confidence outside 0 to 1 or a line below 1");

    private static ReadReport<TReport> Read<TShape, TReport>(string path, Func<TShape, TReport> check)
        where TReport : class
    {
        if (!new FileInfo(path).Exists && new FileInfo(path).LinkTarget is null)
            return new ReadReport<TReport>(null, null);
        try
        {
            var shape = JsonSerializer.Deserialize<TShape>(Bytes(path), Strict);
            return shape is null ? new ReadReport<TReport>(null, "it is null") : new ReadReport<TReport>(check(shape), null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new ReadReport<TReport>(null, e.Message);
        }
    }

    private static byte[] Bytes(string path)
    {
        using var handle = Native.OpenPlain(path);
        using var stream = new FileStream(handle, FileAccess.Read);
        if (!stream.CanSeek || stream.Length > SizeLimit)
            throw new IOException($"it is no plain file of at most {SizeLimit} bytes");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record AuthorShape(string Status, string Summary, IReadOnlyList<string>? Unsure = null, IReadOnlyList<string>? Surprises = null);

    private sealed record ReviewShape(string Verdict, string Summary, IReadOnlyList<FindingShape> Findings);

    private sealed record FindingShape(
        Severity Severity, string Title, string Body, double Confidence, string? File = null, int? Line = null);
}
