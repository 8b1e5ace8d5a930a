using Muster.Core.Recorder;
using Muster.Demo.Staging;
using Muster.Demo.Stories;

namespace Muster.Demo.Telling;

/// <summary>Tells a person what happens while it happens.</summary>
public interface ITelling
{
    void Says(string line);

    /// <summary>The issues are written, and what they are called.</summary>
    void Asked(Story story, IReadOnlyDictionary<string, int> issues);

    void Happened(IReadOnlyList<Recorded> fresh, WaveStory wave);

    /// <summary>Nothing new since the last look; time passes all the same.</summary>
    void Quiet();
}

/// <summary>Where a person can look, in both ways of telling.</summary>
public static class Addresses
{
    public static IEnumerable<string> Of(Stage stage)
    {
        yield return $"GitHub (simulated): {stage.GitHub.Url}/{Stage.Repository}";
        yield return $"Muster's status:    {stage.App.StatusPage}";
        yield return $"Files and logs:     {stage.Folder}";
    }
}
