namespace Muster.Demo.Stories;

/// <summary>What every story must come to, whatever happens in it.</summary>
internal static class Always
{
    public static Story InOneWave(this Story story) => story
        .Expect("all of it was one wave", e => e.Events.Select(r => r.Wave).OfType<Core.WaveId>().Distinct().Count() == 1)
        .Expect("exactly one retro issue exists", e => e.Retros.Count == 1 && e.Retros[0]["number"]!.GetValue<int>() == e.Wave.Retro)
        .Expect("the record has no holes", e => !e.Wave.Missing().Any())
        .Expect("the record counts what GitHub counts", e =>
            Summary.EffectCounts.Of(e.Wave) == new Summary.EffectCounts(e.Made("/pulls"), e.Made("/reviews"), e.Made("/comments"), e.Made("/check-runs")));
}
