using Muster.App.GitHub;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Outbox.Actors;

/// <summary>The check <c>muster/verdict</c> on the head that was judged: branch protection can ask for it.</summary>
internal sealed class CheckActor(ChecksApi checks, Identities identities) : EffectActor<Effect.PutCheck>
{
    private const string Name = "muster/verdict";

    protected override async Task<Seen> ProbeAsync(Act<Effect.PutCheck> act, CancellationToken cancellationToken)
    {
        var judge = await identities.JudgeAsync(act.Target, cancellationToken);
        var listed = await judge.ThenAsync(identity => checks.ListAsync(identity, act.Target, act.Effect.Head, Name, cancellationToken));
        return Seen.Of(listed, all => all.FirstOrDefault(c => c.ExternalId == act.Key) is { } check ? ReceiptOf(check, act.Effect) : null);
    }

    protected override async Task<Acted> ApplyAsync(Act<Effect.PutCheck> act, CancellationToken cancellationToken)
    {
        var verdict = act.Effect.Verdict;
        var wanted = new NewCheckRun(
            Name,
            act.Effect.Head.Value,
            act.Key,
            VerdictWords.Conclusion(verdict),
            new CheckOutput(VerdictWords.CheckTitle(verdict), VerdictWords.Review(verdict, [.. verdict.Findings])));
        var judge = await identities.JudgeAsync(act.Target, cancellationToken);
        return Acted.Of(
            await judge.ThenAsync(identity => checks.CreateAsync(identity, act.Target, wanted, cancellationToken)),
            check => ReceiptOf(check, act.Effect));
    }

    private static Receipt ReceiptOf(CheckRun check, Effect.PutCheck effect) => new(check.Id, check.Conclusion, effect.Head);
}
