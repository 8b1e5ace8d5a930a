namespace Muster.Core.Planning;

public enum WorkState
{
    Open,
    Merged,
    Closed,
}

/// <summary>How a pull request was found to belong to an issue, from the surest to the weakest.</summary>
public enum WorkLink
{
    Closes,
    Branch,
    Title,
    Mentions,
}

/// <summary>A pull request that is, or was, about an issue.</summary>
/// <param name="ByUs">Opened by this App: our own pull request is never "taken".</param>
public sealed record ExistingWork(PullNumber Pull, WorkState State, bool ByUs, WorkLink How, string Url, bool Draft = false);
