namespace Muster.App.Settings;

/// <summary>From .NET's configuration (environment, appsettings.json, arguments) to <see cref="AppSettings"/>.</summary>
public static class SettingsSource
{
    private const string SqlitePrefix = "sqlite:";

    /// <exception cref="StartException">With every fault there is, not only the first.</exception>
    public static AppSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var (api, server) = Addresses(reader);
        var author = reader.Key("GitHub", "the author App, which opens pull requests");
        var reviewer = Reviewer(reader);
        var webhook = reader.Secret(
            "GitHub:WebhookSecret",
            "The secret that GitHub signs webhooks with: the same text as in \"Webhook secret\" on the App's settings page. Without it nobody could tell GitHub from a stranger.");
        var previous = reader.Secret("GitHub:WebhookSecretPrevious");
        var database = Database(reader);
        CheckQueue(reader);
        var defaults = new Durations();
        var durations = new Durations
        {
            Gather = reader.Duration("Gather", defaults.Gather, mayBeZero: true),
            Lease = reader.Duration("Lease", defaults.Lease),
            Rest = reader.Duration("Rest", defaults.Rest, mayBeZero: true),
            ReconcileEvery = reader.Duration("ReconcileEvery", defaults.ReconcileEvery),
        };
        var openApi = OpenApi(reader, configuration);
        var (apiToken, enrolToken) = (reader.Secret("ApiToken"), reader.Secret("EnrolToken"));

        if (reader.Faults is { Count: > 0 } faults)
            throw new StartException(faults);

        return new AppSettings
        {
            GitHub = new GitHubAddress(api!, server!),
            Author = author!,
            Reviewer = reviewer,
            WebhookSecret = webhook!,
            WebhookSecretPrevious = previous,
            Database = database!,
            Mirror = Path.GetFullPath(reader.Optional("Mirror") ?? Path.Combine(Path.GetDirectoryName(database!)!, "mirrors")),
            ApiToken = apiToken,
            OpenApi = openApi,
            EnrolToken = enrolToken,
            Durations = durations,
        };
    }

    /// <summary>Where GitHub is, which is known before there is an App.</summary>
    /// <exception cref="StartException">It is no address.</exception>
    public static GitHubAddress Address(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var (api, server) = Addresses(reader);
        return reader.Faults is { Count: > 0 } faults ? throw new StartException(faults) : new GitHubAddress(api!, server!);
    }

    private static (Uri? Api, Uri? Server) Addresses(SettingsReader reader) =>
        (reader.Address("GitHub:ApiUrl", "https://api.github.com"), reader.Address("GitHub:ServerUrl", "https://github.com"));

    private static bool OpenApi(SettingsReader reader, IConfiguration configuration)
    {
        var open = reader.Flag("OpenApi");
        if (open && Listening.BeyondLoopback(configuration) is [var beyond, ..])
            reader.Fault("OpenApi", $"true shows everything to everybody, so it is for loopback alone, which {beyond} is not. Listen on http://127.0.0.1:8300, or set Muster__ApiToken instead.");
        return open;
    }

    private static AppKey? Reviewer(SettingsReader reader) =>
        reader.Optional("Reviewer:AppId") is null && reader.Optional("Reviewer:PrivateKeyPath") is null
            ? null
            : reader.Key("Reviewer", "the reviewer App (set both of its settings, or neither)");

    private static string? Database(SettingsReader reader)
    {
        var storage = reader.Optional("Storage") ?? $"{SqlitePrefix}muster.db";
        if (storage.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase) && storage.Length > SqlitePrefix.Length)
            return Path.GetFullPath(storage[SqlitePrefix.Length..]);

        // The value is not repeated: a connection string carries a password.
        reader.Fault(
            "Storage",
            LooksLikePostgres(storage)
                ? "PostgreSQL comes later; until then use sqlite:<file>, for example sqlite:/var/lib/muster/muster.db"
                : "not understood. Use sqlite:<file>, for example sqlite:/var/lib/muster/muster.db");
        return null;
    }

    private static bool LooksLikePostgres(string storage) =>
        storage.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || storage.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private static void CheckQueue(SettingsReader reader)
    {
        if (reader.Optional("Queue") is { } queue && !string.Equals(queue, "embedded", StringComparison.OrdinalIgnoreCase))
            reader.Fault("Queue", "Azure Storage Queues come later; until then use embedded, or leave it out.");
    }
}
