using Muster.Core.Recorder;

namespace Muster.Core.Waves;

/// <summary>What one event makes of one item: the next state and all that has to happen because of it.</summary>
public sealed record Step(Item Item)
{
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>A job to queue; at most one is at work for an item.</summary>
    public JobWanted? Job { get; init; }

    /// <summary>The item's queued or leased job is dead: nobody wants its result.</summary>
    public bool StopJob { get; init; }

    public IReadOnlyList<FlightEvent> Events { get; init; } = [];

    /// <summary>Whether the wave's other items may stand differently now, so that a new plan is due.</summary>
    public bool Replan { get; init; }
}

/// <summary>How much work an item may cost.</summary>
/// <param name="Attempts">Implement jobs a round.</param>
/// <param name="Total">Implement jobs an item.</param>
/// <param name="Rounds">Fix rounds after a blocking verdict.</param>
/// <param name="Reviews">Review jobs for one head.</param>
/// <param name="FreeRetries">Retries that cost no attempt, an item.</param>
public sealed record WorkLimits(int Attempts = 3, int Total = 5, int Rounds = 2, int Reviews = 2, int FreeRetries = 5)
{
    public static WorkLimits Default { get; } = new();
}
