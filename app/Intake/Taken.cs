using Muster.App.Waves;

namespace Muster.App.Intake;

/// <summary>What came of a delivery: a change to make in one step with marking it done, nothing, or no way to know yet.</summary>
internal abstract record Taken
{
    private Taken()
    {
    }

    public sealed record Change(Action<LedgerStep> Make) : Taken;

    /// <summary>It means nothing to us; <paramref name="Why"/> is kept with it.</summary>
    public sealed record Nothing(string Why) : Taken;

    /// <summary>GitHub could not be asked: the delivery stays new and is taken again.</summary>
    public sealed record Unknown(string Why) : Taken;
}
