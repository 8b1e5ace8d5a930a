namespace Muster.Core.Words;

/// <summary>Comments on an issue that is not run as asked.</summary>
public static class CommentWords
{
    public static string Tripped(string why) =>
        $"**Stopped: {why}.** That looks like a loop, so nothing more is started or answered here. Find out what feeds it, then comment `/dispatch resume` to go on.";

    public static string Taken(string reason) => $"""
        **Not started.** {reason}

        To run it all the same, comment `/dispatch retry`.
        """;

    /// <param name="reason">Shows what the contract says in code spans, which end where a line does.</param>
    public static string Refused(string reason, string fix) => $"""
        **Not started.** {SafeText.Sentence(reason)}

        {fix}
        """;

    public static string LabelAgain(string by) => $"""
        **Not started.** {SafeText.Code(by)} put the label on while this App did not listen, and the issue was touched after that.

        Read it again as it stands now, take the label off and put it on once more.
        """;

    public static string Parked(string outcome, string attention) => $"""
        **Parked.** {SafeText.Prose(outcome)}

        {attention}
        """;
}
