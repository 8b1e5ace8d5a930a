using System.Reflection;
using System.Text.Json.Serialization;
using Muster.Core.Waves;

namespace Muster.Proofs.Crashes;

/// <summary>The named places where app and runner can be made to die.</summary>
public static class CrashPoints
{
    private static readonly string[] Steps = ["intake", "plan", "claim", "report"];

    private static readonly string[] Runner = ["after-claim", "after-agent", "after-evidence", "before-push", "after-push", "before-report", "after-report"];

    /// <summary>Every kind of effect, from the closed set itself: a new kind is a new point.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. typeof(Effect).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!)];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Steps.Concat(Kinds).SelectMany(s => new[] { $"app.before-{s}", After(s) }),
        .. Runner.Select(s => $"runner.{s}"),
    ];

    public static string After(string step) => $"app.after-{step}";

    public static bool IsInRunner(string point) => point.StartsWith("runner.", StringComparison.Ordinal);

    /// <summary>So many of them in random order, each once before any comes again.</summary>
    public static IEnumerable<string> Draw(int count, Random random)
    {
        while (count > 0)
        {
            var round = All.ToArray();
            random.Shuffle(round);
            foreach (var point in round.Take(count))
            {
                yield return point;
            }

            count -= round.Length;
        }
    }
}
