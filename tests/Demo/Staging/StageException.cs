namespace Muster.Demo.Staging;

/// <summary>The stage could not be set or broke down: one sentence for a person, and the log that tells more.</summary>
public sealed class StageException(string message, string? log = null) : Exception(message)
{
    public string? Log { get; } = log;
}
