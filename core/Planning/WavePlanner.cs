using Muster.Core.Contracts;
using Muster.Core.Policy;

namespace Muster.Core.Planning;

/// <summary>Places every issue of a wave: pure, deterministic, and blind to the order in which the issues come.</summary>
public static class WavePlanner
{
    /// <param name="issues">New and waiting issues.</param>
    /// <param name="live">Items that have begun already.</param>
    /// <param name="slots">How many may run at once, those of <paramref name="live"/> that work included.</param>
    public static WavePlan Plan(
        IReadOnlyCollection<IssueFacts> issues,
        IReadOnlyCollection<LiveWork> live,
        int slots,
        RepoPolicy policy,
        TreeFacts tree) => throw new NotSupportedException();
}
