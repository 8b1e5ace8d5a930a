using System.Globalization;

namespace FakeAgent;

/// <summary>What the harness says about the job, by the environment alone.</summary>
internal sealed record Job(string Role, string Issue, string Name, int Attempt, int Round, string? Output)
{
    public bool IsReview => Role == "review";

    public static Job FromEnvironment() => new(
        Environment.GetEnvironmentVariable("MUSTER_ROLE") ?? "implement",
        Environment.GetEnvironmentVariable("MUSTER_ISSUE") ?? "",
        Environment.GetEnvironmentVariable("MUSTER_JOB") ?? "",
        Number("MUSTER_ATTEMPT", 1),
        Number("MUSTER_ROUND", 0),
        Environment.GetEnvironmentVariable("MUSTER_OUTPUT"));

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
