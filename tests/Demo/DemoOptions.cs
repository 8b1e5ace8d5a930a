using Muster.Demo.Stories;

namespace Muster.Demo;

/// <summary>The command line.</summary>
public sealed record DemoOptions(Story Story, bool TwoApps, bool Json, bool Keep)
{
    public static string Usage { get; } = $"""
        usage: ./bot demo [--story NAME] [--one-app | --two-apps] [--json] [--keep]

        stories:
        {string.Join('\n', Catalogue.All.Select(s => $"  {s.Name,-14} {s.Says}"))}
        """;

    /// <summary>Null, and what is wrong, where it cannot be understood.</summary>
    public static DemoOptions? Read(IReadOnlyList<string> args, out string fault)
    {
        var options = new DemoOptions(Catalogue.Find(Catalogue.Default)!, TwoApps: true, Json: false, Keep: false);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--json": options = options with { Json = true }; break;
                case "--keep": options = options with { Keep = true }; break;
                case "--one-app": options = options with { TwoApps = false }; break;
                case "--two-apps": options = options with { TwoApps = true }; break;
                case "--story" when i + 1 < args.Count && Catalogue.Find(args[i + 1]) is { } story: (options, i) = (options with { Story = story }, i + 1); break;
                case "--story":
                    fault = i + 1 < args.Count ? $"There is no story '{args[i + 1]}'." : "--story needs a name.";
                    return null;
                default:
                    fault = $"'{args[i]}' is unknown.";
                    return null;
            }
        }

        fault = "";
        return options;
    }
}
