namespace Muster.Core.Commands;

/// <summary>Which issues a dispatch is about.</summary>
public abstract record DispatchScope
{
    private DispatchScope()
    {
    }

    /// <summary>The issue the comment stands on.</summary>
    public sealed record This : DispatchScope;

    /// <summary>Every open issue whose contract lints clean, narrowed to a label where one is given.</summary>
    public sealed record All(string? Label = null) : DispatchScope;
}

/// <summary>What a person can say to the bot: a closed set.</summary>
public abstract record Command
{
    private Command()
    {
    }

    public sealed record Dispatch(DispatchScope Scope, string? Provider = null, string? Agent = null) : Command;

    public sealed record Plan : Command;

    public sealed record Status : Command;

    public sealed record Why : Command;

    public sealed record Cancel : Command;

    public sealed record Retry(string? Provider = null, string? Agent = null) : Command;

    public sealed record Steer(string Text) : Command;

    public sealed record Hold : Command;

    public sealed record After(IssueNumber Issue) : Command;

    /// <summary>Drops what an issue waits for; <paramref name="Issue"/> null is the issue the comment stands on.</summary>
    public sealed record Release(IssueNumber? Issue = null) : Command;

    public sealed record Pause(string? Reason = null, TimeSpan? For = null) : Command;

    /// <summary><c>resume</c>; the word itself is a keyword elsewhere.</summary>
    public sealed record Unpause : Command;

    public sealed record Freeze(string? Reason = null, TimeSpan? For = null) : Command;

    public sealed record Thaw : Command;

    public sealed record Approve(string Id) : Command;

    public sealed record Deny(string Id) : Command;

    /// <param name="Letter">A to F, upper case.</param>
    public sealed record Grade(char Letter) : Command;

    public sealed record Experiment : Command;

    public sealed record Retro : Command;

    public sealed record Help : Command;

    /// <summary>A command that is none, or lacks what it needs; <paramref name="Nearest"/> is what was probably meant.</summary>
    public sealed record Unknown(string Word, string? Nearest = null) : Command;
}
