namespace Muster.Core.Planning;

/// <summary>Claimed work is looked at before anything else: a duplicate pull request costs more than an idle slot.</summary>
internal static class ExistingWorkRule
{
    /// <summary>Taken, where somebody else's pull request is open or merged for the issue; null where nobody's is.</summary>
    public static Placement.Taken? Place(IssueFacts facts)
    {
        if (facts.RunAnyway)
            return null;
        var claim = facts.ExistingWork
            .Where(work => !work.ByUs && work.State != WorkState.Closed && work.How != WorkLink.Mentions)
            .OrderBy(work => work.State).ThenBy(work => work.How).ThenBy(work => work.Pull.Value)
            .FirstOrDefault();
        return claim is null
            ? null
            : new Placement.Taken(claim.Pull, claim.State == WorkState.Merged, claim.Url, PlanWords.Taken(facts.Number, claim));
    }

    /// <summary>Pull requests of others that were closed unmerged: the brief links them.</summary>
    public static IReadOnlyList<ExistingWork> Earlier(IssueFacts facts) =>
        [.. facts.ExistingWork.Where(work => work is { ByUs: false, State: WorkState.Closed } && work.How != WorkLink.Mentions).OrderBy(work => work.Pull.Value)];

    /// <summary>What a person should know of work by others that did not stop the issue.</summary>
    public static IEnumerable<string> Notes(IssueFacts facts) =>
        facts.ExistingWork
            .Where(work => work is { ByUs: false, State: WorkState.Open, How: WorkLink.Mentions })
            .OrderBy(work => work.Pull.Value)
            .Select(work => PlanWords.Mentioned(facts.Number, work))
            .Concat(Earlier(facts).Select(work => PlanWords.Earlier(facts.Number, work)));
}
