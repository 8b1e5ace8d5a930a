using System.Globalization;
using System.Security.Cryptography;

namespace Muster.Demo.Staging;

/// <summary>What app and runner are told, all of it by environment, with secrets made for this run.</summary>
internal sealed class Settings(StageOptions options)
{
    // Stages side by side must not share the users their sandboxes run as: limits are counted by user.
    private const int FirstUid = 20000;
    private const int UidsEach = 3;

    public string EnrolToken { get; } = NewSecret();

    public string WebhookSecret { get; } = NewSecret();

    public string ApiToken { get; } = NewSecret();

    public Dictionary<string, string> OfApp(StageFolder folder, string url, string gitHub, AppKey author, AppKey? reviewer)
    {
        var environment = Host.CleanEnvironment(folder.Homes);
        environment["ASPNETCORE_URLS"] = url;
        environment["Muster__GitHub__ApiUrl"] = gitHub;
        environment["Muster__GitHub__ServerUrl"] = gitHub;
        environment["Muster__GitHub__AppId"] = Written(author.AppId);
        environment["Muster__GitHub__PrivateKeyPath"] = author.PrivateKeyFile;
        environment["Muster__GitHub__WebhookSecret"] = WebhookSecret;
        if (reviewer is not null)
        {
            environment["Muster__Reviewer__AppId"] = Written(reviewer.AppId);
            environment["Muster__Reviewer__PrivateKeyPath"] = reviewer.PrivateKeyFile;
        }

        environment["Muster__Storage"] = $"sqlite:{Path.Combine(folder.AppFiles, "muster.db")}";
        environment["Muster__Queue"] = "embedded";
        environment["Muster__ApiToken"] = ApiToken;
        // Lets a person's browser look at the status page; everything here listens on loopback only.
        environment["Muster__OpenApi"] = "true";
        environment["Muster__EnrolToken"] = EnrolToken;
        environment["Muster__Gather"] = Written(options.Gather);
        environment["Muster__Rest"] = Written(options.Rest);
        environment["Muster__Lease"] = Written(options.Lease);
        environment["Muster__ReconcileEvery"] = Written(options.ReconcileEvery);
        return environment;
    }

    public Dictionary<string, string> OfRunner(StageFolder folder, string app, int port)
    {
        var environment = Host.CleanEnvironment(folder.Homes);
        environment["Muster__AppUrl"] = app;
        environment["Muster__Home"] = folder.RunnerHome;
        environment["Muster__Slots"] = Written(options.Slots);
        environment["Muster__EnrolToken"] = EnrolToken;
        environment["Muster__RunnerConfig"] = folder.RunnerFile;
        environment["Muster__SlotUid"] = Written(FirstUid + ((port - Ports.Lowest) * UidsEach));
        return environment;
    }

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Written(TimeSpan span) => span.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
