namespace Muster.Demo.Staging;

/// <summary>How one stage is set.</summary>
public sealed record StageOptions
{
    /// <summary>Whether the reviewer has an App of its own.</summary>
    public bool TwoApps { get; init; } = true;

    public int Slots { get; init; } = 3;

    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Longer than a person, the webhook of what they do, and a plan may take: else the wave ends in between.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the app compares what it believes with GitHub; webhooks that came while it was away are found so.</summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Who plays; by default FakeAgent plays both roles.</summary>
    public Func<StageFolder, RunnerFile>? Players { get; init; }

    /// <summary>Command lines of app and runner; by default the published assemblies.</summary>
    public IReadOnlyList<string>? AppCommand { get; init; }

    public IReadOnlyList<string>? RunnerCommand { get; init; }

    /// <summary>The project that stands in the repository; by default this one.</summary>
    public string? Project { get; init; }

    /// <summary>Leaves the folder and its logs behind.</summary>
    public bool KeepFolder { get; init; }
}
