using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Muster.Runner.Configuration;

public enum SandboxMode
{
    Required,

    /// <summary>No sandbox, for private repositories on a host of one's own; the slot's user is all that is left between an agent and the host.</summary>
    TrustedOff,
}

/// <summary>The runner's settings, out of the environment (<c>Muster__AppUrl</c> and so on).</summary>
public sealed record RunnerSettings
{
    public required Uri AppUrl { get; init; }

    public required RunnerHome Home { get; init; }

    public required string RunnerConfig { get; init; }

    public string? EnrolToken { get; init; }

    /// <summary>The operator's token for the app's pages; only doctor uses it.</summary>
    public string? ApiToken { get; init; }

    public string Name { get; init; } = Environment.MachineName;

    public int Slots { get; init; } = 1;

    public SandboxMode Sandbox { get; init; } = SandboxMode.Required;

    /// <summary>Where the runner is root: slot n runs as this uid plus n.</summary>
    public uint SlotUid { get; init; } = 20000;

    /// <summary>How long running jobs may go on after SIGTERM.</summary>
    public TimeSpan DrainGrace { get; init; } = TimeSpan.FromSeconds(540);

    /// <summary>For one acceptance command on one side.</summary>
    public TimeSpan AcceptanceLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Names the point at which this process kills itself, for proofs; null in all use.</summary>
    public string? CrashAt { get; init; }

    /// <summary>Reads and checks all of them. What is wrong is named at once, each with what would be right.</summary>
    public static (RunnerSettings? Settings, IReadOnlyList<string> Faults) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new SettingsReader(configuration.GetSection("Muster"));
        var home = reader.Folder("Home");
        var url = reader.Address("AppUrl");
        var token = reader.Text("EnrolToken");
        var slots = reader.Number("Slots", 1, 1, 64);
        var sandbox = reader.Choice("Sandbox", ("required", SandboxMode.Required), ("trusted-off", SandboxMode.TrustedOff));
        var uid = reader.Number("SlotUid", 20000, 1000, 2_000_000_000);
        var grace = reader.Duration("DrainGrace", TimeSpan.FromSeconds(540));
        var acceptance = reader.Duration("AcceptanceLimit", TimeSpan.FromMinutes(10));
        var runnerHome = home is null ? null : new RunnerHome(home);
        if (token is null && (runnerHome is null || !File.Exists(runnerHome.IdFile)))
            reader.Fault("Muster__EnrolToken is missing, and no home says that this runner has enrolled: set it to the app's enrolment token.");
        if (url is null || runnerHome is null || reader.Faults.Count > 0)
            return (null, reader.Faults);
        var settings = new RunnerSettings
        {
            AppUrl = url,
            Home = runnerHome,
            RunnerConfig = reader.Text("RunnerConfig") ?? Path.Combine(runnerHome.Root, "runner.yml"),
            EnrolToken = token,
            ApiToken = reader.Text("ApiToken"),
            Name = reader.Text("Name") ?? Environment.MachineName,
            Slots = slots,
            Sandbox = sandbox,
            SlotUid = (uint)uid,
            DrainGrace = grace,
            AcceptanceLimit = acceptance,
            CrashAt = reader.Text("CrashAt"),
        };
        return (settings, []);
    }

    private sealed class SettingsReader(IConfigurationSection section)
    {
        public List<string> Faults { get; } = [];

        public void Fault(string text) => Faults.Add(text);

        public string? Text(string key) => section[key]?.Trim() is { Length: > 0 } text ? text : null;

        public string? Folder(string key)
        {
            if (Text(key) is not { } text)
                Fault($"Muster__{key} is missing: set it to an absolute folder that this runner may own.");
            else if (!Path.IsPathFullyQualified(text))
                Fault($"Muster__{key} is '{text}', which is not absolute: start it with /.");
            else
                return Path.TrimEndingDirectorySeparator(Path.GetFullPath(text));
            return null;
        }

        public Uri? Address(string key)
        {
            if (Text(key) is not { } text)
                Fault($"Muster__{key} is missing: set it to the app's address, for example https://muster.example.");
            else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                Fault($"Muster__{key} is '{text}', which is no http or https address.");
            else
                return url;
            return null;
        }

        public int Number(string key, int otherwise, int least, int most)
        {
            if (Text(key) is not { } text)
                return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            Fault($"Muster__{key} is '{text}': give a whole number from {least} to {most}.");
            return otherwise;
        }

        public TimeSpan Duration(string key, TimeSpan otherwise)
        {
            if (Text(key) is not { } text)
                return otherwise;
            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration > TimeSpan.Zero && text.Contains(':', StringComparison.Ordinal))
                return duration;
            Fault($"Muster__{key} is '{text}': give a duration as hh:mm:ss.");
            return otherwise;
        }

        public T Choice<T>(string key, params (string Word, T Value)[] choices)
        {
            if (Text(key) is not { } text)
                return choices[0].Value;
            foreach (var (word, value) in choices)
            {
                if (word == text)
                    return value;
            }

            Fault($"Muster__{key} is '{text}': give {string.Join(" or ", choices.Select(c => c.Word))}.");
            return choices[0].Value;
        }
    }
}
