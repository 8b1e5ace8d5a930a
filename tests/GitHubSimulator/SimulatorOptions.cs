using Muster.GitHubSimulator.Limiting;

namespace Muster.GitHubSimulator;

/// <summary>How one simulator is started.</summary>
/// <param name="DataDirectory">Where the bare repositories live; created when missing.</param>
/// <param name="Url">A loopback address; port 0 takes a free one.</param>
/// <param name="TokenLength">40 for the old installation tokens, 520 for the ones GitHub mints now.</param>
/// <param name="Time">The clock by which tokens expire and things are stamped.</param>
/// <param name="Limits">GitHub's rate limits; null takes GitHub's numbers.</param>
public sealed record SimulatorOptions(
    string DataDirectory,
    string Url = "http://127.0.0.1:0",
    int TokenLength = 520,
    TimeProvider? Time = null,
    RateSettings? Limits = null)
{
    /// <summary>Reads the command line; null and a sentence when it cannot be used.</summary>
    public static SimulatorOptions? Parse(IReadOnlyList<string> args, out string fault)
    {
        ArgumentNullException.ThrowIfNull(args);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (args[i] is not ("--urls" or "--data" or "--token-length") || i + 1 == args.Count)
            {
                fault = $"'{args[i]}' is unknown or lacks its value.";
                return null;
            }

            given[args[i]] = args[i + 1];
        }

        var url = given.GetValueOrDefault("--urls", "http://127.0.0.1:0");
        if (!given.TryGetValue("--data", out var data))
        {
            fault = "--data DIR is missing.";
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || !address.IsLoopback)
        {
            fault = $"--urls must be an http address on loopback, not '{url}'.";
            return null;
        }

        var length = given.GetValueOrDefault("--token-length", "520");
        if (length is not ("40" or "520"))
        {
            fault = $"--token-length is 40 or 520, not '{length}'.";
            return null;
        }

        fault = "";
        return new SimulatorOptions(data, url, length == "40" ? 40 : 520);
    }
}
