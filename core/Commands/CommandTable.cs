namespace Muster.Core.Commands;

/// <summary>One command as people see it.</summary>
/// <param name="Name">The word behind <c>/dispatch</c>; empty for the bare command.</param>
/// <param name="Usage">How to write it, from <c>/dispatch</c> on.</param>
/// <param name="Says">What it does, in one sentence.</param>
/// <param name="Works">False where the command is known but answers that it comes later.</param>
/// <param name="Kind">The case of <see cref="Command"/> it becomes.</param>
public sealed record CommandEntry(string Name, string Usage, string Says, bool Works, Type Kind)
{
    /// <summary>Makes the command of what follows its name; null where that does not fit the usage.</summary>
    internal Func<CommandArguments, Command?> Make { get; init; } = _ => null;
}

/// <summary>Every command, once: the parser and the help read the same table.</summary>
public static class CommandTable
{
    public static IReadOnlyList<CommandEntry> Entries { get; } =
    [
        Row<Command.Dispatch>("", "[--provider NAME] [--agent NAME]", "Starts this issue.", true,
            a => a.Words.Count == 0 ? new Command.Dispatch(new DispatchScope.This(), a.Provider, a.Agent) : null),
        Row<Command.Dispatch>("all", "[label:NAME] [--provider NAME] [--agent NAME]", "Starts every open issue whose contract lints clean, up to the policy's `max_wave`.", true, All),
        Row<Command.Plan>("plan", "", "Shows what would run, what would wait and why, and starts nothing.", true,
            a => a.None ? new Command.Plan() : null),
        Row<Command.Status>("status", "", "Shows where every issue of the wave stands.", true,
            a => a.None ? new Command.Status() : null),
        Row<Command.Why>("why", "", "Explains why this issue is where it is.", false,
            a => a.None ? new Command.Why() : null),
        Row<Command.Cancel>("cancel", "", "Stops the work on this issue and leaves its branch alone.", true,
            a => a.None ? new Command.Cancel() : null),
        Row<Command.Retry>("retry", "[--provider NAME] [--agent NAME]", "Runs this issue again, with its text of now, even if somebody else's pull request stands in the way.", true,
            a => a.Words.Count == 0 ? new Command.Retry(a.Provider, a.Agent) : null),
        Row<Command.Steer>("steer", "TEXT", "Hands the text to the agent that works on this issue.", false,
            a => a.None ? null : new Command.Steer(a.Text)),
        Row<Command.Hold>("hold", "", "Keeps this issue from starting until it is released.", false,
            a => a.None ? new Command.Hold() : null),
        Row<Command.After>("after", "#N", "Starts this issue when issue #N is done.", false,
            a => a.Words is [var issue] && CommandArguments.Issue(issue) is { } number ? new Command.After(number) : null),
        Row<Command.Release>("release", "[#N]", "Lets this issue, or issue #N, start without what it waits for.", true, Release),
        Row<Command.Pause>("pause", "[30m|2h|3d] [REASON]", "Lets running work finish and starts nothing new in this repository.", true,
            a => Stop(a, (reason, duration) => new Command.Pause(reason, duration))),
        Row<Command.Unpause>("resume", "", "Ends a pause, and a stop for having done too much in too short a time.", true,
            a => a.None ? new Command.Unpause() : null),
        Row<Command.Freeze>("freeze", "[30m|2h|3d] [REASON]", "Lets nothing at all leave for this repository.", false,
            a => Stop(a, (reason, duration) => new Command.Freeze(reason, duration))),
        Row<Command.Thaw>("thaw", "", "Ends a freeze.", false,
            a => a.None ? new Command.Thaw() : null),
        Row<Command.Approve>("approve", "ID", "Answers yes to the question with this id.", false,
            a => Id(a) is { } id ? new Command.Approve(id) : null),
        Row<Command.Deny>("deny", "ID", "Answers no to the question with this id.", false,
            a => Id(a) is { } id ? new Command.Deny(id) : null),
        Row<Command.Grade>("grade", "A|B|C|D|E|F", "Records how good the finished work was.", false, Grade),
        Row<Command.Experiment>("experiment", "", "Runs this issue with several agents and compares them.", false,
            a => a.None ? new Command.Experiment() : null),
        Row<Command.Retro>("retro", "", "Writes the retro of the wave now.", false,
            a => a.None ? new Command.Retro() : null),
        Row<Command.Help>("help", "", "Shows this list.", true,
            a => a.None ? new Command.Help() : null),
    ];

    private static CommandEntry Row<T>(string name, string arguments, string says, bool works, Func<CommandArguments, Command?> make)
        where T : Command =>
        new(name, string.Join(' ', new[] { "/dispatch", name, arguments }.Where(part => part.Length > 0)), says, works, typeof(T))
        {
            Make = make,
        };

    private static Command.Dispatch? All(CommandArguments a) => a.Words switch
    {
        [] => new Command.Dispatch(new DispatchScope.All(), a.Provider, a.Agent),
        [var label] when label.StartsWith("label:", StringComparison.Ordinal) && label.Length > 6 =>
            new Command.Dispatch(new DispatchScope.All(label[6..]), a.Provider, a.Agent),
        _ => null,
    };

    private static Command.Release? Release(CommandArguments a) => a.Words switch
    {
        [] when a.None => new Command.Release(),
        [var issue] when CommandArguments.Issue(issue) is { } number => new Command.Release(number),
        _ => null,
    };

    private static Command.Grade? Grade(CommandArguments a) =>
        a.Text is [var letter] && char.ToUpperInvariant(letter) is >= 'A' and <= 'F' and var grade ? new Command.Grade(grade) : null;

    private static string? Id(CommandArguments a) => a.Words is [var id] && CommandArguments.IsName(id) ? id : null;

    // A duration is only a duration as the first word, so that a reason may say "2h" further on.
    private static Command Stop(CommandArguments a, Func<string?, TimeSpan?, Command> make)
    {
        var first = a.Words.Count > 0 ? a.Words[0] : "";
        var duration = a.Text.StartsWith(first, StringComparison.Ordinal) ? CommandArguments.Duration(first) : null;
        var reason = duration is null ? a.Text : a.Text[first.Length..].Trim();
        return make(reason.Length > 0 ? reason : null, duration);
    }
}
