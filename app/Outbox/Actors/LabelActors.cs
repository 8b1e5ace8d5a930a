using Muster.App.GitHub;
using Muster.Core.Waves;

namespace Muster.App.Outbox.Actors;

/// <summary>Puts labels on and takes them off, only the difference.</summary>
internal sealed class LabelActor(IssuesApi issues) : EffectActor<Effect.ChangeLabels>
{
    public override bool Makes(OutboxRow row) => false;

    protected override async Task<Seen> ProbeAsync(Act<Effect.ChangeLabels> act, CancellationToken cancellationToken) =>
        Seen.Of(
            await issues.LabelsAsync(act.Target, act.Effect.Issue, cancellationToken),
            labels => Missing(act.Effect, labels).Count == 0 && Extra(act.Effect, labels).Count == 0 ? new Receipt() : null);

    protected override async Task<Acted> ApplyAsync(Act<Effect.ChangeLabels> act, CancellationToken cancellationToken)
    {
        var labels = await issues.LabelsAsync(act.Target, act.Effect.Issue, cancellationToken);
        if (labels is not Answer<IReadOnlyList<Label>>.Ok { Value: var now })
        {
            return Acted.Of(labels, _ => new Receipt());
        }

        foreach (var extra in Extra(act.Effect, now))
        {
            // Not found: somebody else took it off meanwhile, which is what we want.
            if (await issues.RemoveLabelAsync(act.Target, act.Effect.Issue, extra, cancellationToken) is var removed and not (Answer<Done>.Ok or Answer<Done>.NotFound))
            {
                return Acted.Of(removed, _ => new Receipt());
            }
        }

        return Missing(act.Effect, now) is { Count: > 0 } missing
            ? Acted.Of(await issues.AddLabelsAsync(act.Target, act.Effect.Issue, missing, cancellationToken), _ => new Receipt())
            : new Acted.Made(new Receipt());
    }

    private static List<string> Missing(Effect.ChangeLabels effect, IReadOnlyList<Label> now) => [.. effect.Add.Where(l => !Has(now, l))];

    private static List<string> Extra(Effect.ChangeLabels effect, IReadOnlyList<Label> now) => [.. effect.Remove.Where(l => Has(now, l))];

    private static bool Has(IReadOnlyList<Label> labels, string name) =>
        labels.Any(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Eyes: heard. GitHub keeps one reaction a kind and author, so doing it again is the same as looking.</summary>
internal sealed class ReactActor(IssuesApi issues) : EffectActor<Effect.React>
{
    public override bool Makes(OutboxRow row) => false;

    protected override Task<Seen> ProbeAsync(Act<Effect.React> act, CancellationToken cancellationToken) =>
        Task.FromResult<Seen>(new Seen.Absent());

    protected override async Task<Acted> ApplyAsync(Act<Effect.React> act, CancellationToken cancellationToken) =>
        Acted.Of(await issues.ReactAsync(act.Target, act.Effect.Issue, act.Effect.Comment, "eyes", cancellationToken), _ => new Receipt());
}
