using Muster.Core.Recorder;

namespace Muster.Demo.Summary;

/// <summary>What the Apps made on GitHub, as the record has it; what they found there already does not count.</summary>
public sealed record EffectCounts(int Pulls, int Reviews, int Comments, int Checks)
{
    public static EffectCounts Of(WaveStory wave) => new(
        Made(wave, "open-pull"), Made(wave, "post-review"), Made(wave, "say-once") + Made(wave, "put-status"), Made(wave, "put-check"));

    private static int Made(WaveStory wave, string effect) => wave.Effects.GetValueOrDefault(effect);
}
