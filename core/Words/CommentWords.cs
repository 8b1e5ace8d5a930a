namespace Muster.Core.Words;

/// <summary>Comments on an issue that is not run as asked.</summary>
public static class CommentWords
{
    public static string Taken(string reason) => $"""
        **Not started.** {reason}

        To run it all the same, comment `/dispatch retry`.
        """;

    public static string Refused(string reason, string fix) => $"""
        **Not started.** {reason}

        {fix}
        """;

    public static string Parked(string outcome, string attention) => $"""
        **Parked.** {SafeText.Prose(outcome)}

        {attention}
        """;
}
