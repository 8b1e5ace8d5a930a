using System.Text.Json.Serialization;

namespace Muster.Core.Wire;

/// <summary>How a job ended, in the runner's words. The app believes none of it that it can check itself.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Implemented), "implemented")]
[JsonDerivedType(typeof(GatesRefused), "gatesRefused")]
[JsonDerivedType(typeof(Reviewed), "reviewed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(PushRejected), "pushRejected")]
public abstract record JobReport
{
    private JobReport()
    {
    }

    /// <summary>How the agent ran; null where none was started.</summary>
    public AgentRun? Run { get; init; }

    /// <summary>The gates passed and the commit stands on the remote branch.</summary>
    public sealed record Implemented(CommitSha Head, Evidence Evidence, GateVerdict Gates, AuthorReport? Said) : JobReport;

    /// <summary>The gates refused the change; nothing was pushed.</summary>
    public sealed record GatesRefused(Evidence Evidence, GateVerdict Gates) : JobReport;

    /// <summary>A reviewer's answer in its schema, for the commit it read.</summary>
    public sealed record Reviewed(CommitSha Head, bool Approves, string Summary, IReadOnlyList<Finding> Findings) : JobReport;

    /// <summary>No result: the agent or the host failed. <paramref name="What"/> is one sentence for a person.</summary>
    public sealed record Failed(FailureClass Class, string What, IReadOnlyList<string> LastLines) : JobReport;

    /// <summary>The remote branch was not where it was expected.</summary>
    public sealed record PushRejected(CommitSha? Remote, string What) : JobReport;
}

/// <summary>Decides whether trying again makes sense.</summary>
public enum FailureClass
{
    /// <summary>The agent never got going: wrong flag, missing file, no login. Not the change's fault.</summary>
    Launch,
    Crash,
    Stall,
    Timeout,
    Login,
    RateLimit,

    /// <summary>It ended well but its answer is not in the schema.</summary>
    NoAnswer,

    /// <summary>It says that it cannot do this as written.</summary>
    GaveUp,

    /// <summary>The base cannot be fetched or set up.</summary>
    Base,

    /// <summary>The host cannot run it: no sandbox, no disk, a lost mirror.</summary>
    Host,

    /// <summary>The runner is going away; the job is given back unharmed.</summary>
    Drained,
}

/// <summary>The author's own words at the end; shown, never evidence, and never shown to a reviewer.</summary>
public sealed record AuthorReport(string Status, string Summary, IReadOnlyList<string> Unsure, IReadOnlyList<string> Surprises);
