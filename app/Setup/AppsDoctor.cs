using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Muster.App.GitHub;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.Core.Wire;

namespace Muster.App.Setup;

/// <summary>Looks at both Apps by asking GitHub as they would be asked at work: keys, permissions, events, webhooks, installations.</summary>
internal sealed class AppsDoctor(AppSettings settings, GitHubClient client, Ledger ledger)
{
    public async Task<IReadOnlyList<AppCheck>> LookAsync(CancellationToken cancellationToken)
    {
        var checks = new List<AppCheck>();
        await LookAsync(GitHubIdentity.Author, settings.Author, checks, cancellationToken);
        if (settings.Reviewer is { } reviewer)
        {
            await LookAsync(GitHubIdentity.Reviewer, reviewer, checks, cancellationToken);
            checks.AddRange(await TogetherAsync(cancellationToken));
        }

        return checks;
    }

    private async Task LookAsync(GitHubIdentity identity, AppKey key, List<AppCheck> checks, CancellationToken cancellationToken)
    {
        var name = $"{Word(identity)} App {key.AppId}";
        checks.Add(KeyFile(name, key));
        switch (await client.GetAsync(new Caller.App(identity), "/app", DoctorJson.Default.AppDetails, cancellationToken))
        {
            case Answer<AppDetails>.Ok { Value: var app }:
                var page = $"{settings.GitHub.Server.AbsoluteUri.TrimEnd('/')}/settings/apps/{app.Slug}";
                checks.Add(app.Id == key.AppId
                    ? new AppCheck($"{name}: GitHub knows it as {app.Slug}")
                    : new AppCheck($"{name}: GitHub knows it", $"the key is that of {app.Slug}, App {app.Id}", $"set {Variable(identity, "AppId")} to {app.Id}, or {Variable(identity, "PrivateKeyPath")} to the other App's key"));
                checks.AddRange(Rights(name, AppManifest.Of(identity), app, page));
                if (identity is GitHubIdentity.Author)
                    checks.Add(await WebhooksAsync(name, page, cancellationToken));
                checks.AddRange(await InstalledAsync(identity, name, app, cancellationToken));
                break;
            case Answer<AppDetails>.Unknown { Why: var why }:
                checks.Add(new AppCheck($"{name}: GitHub knows it", why, $"correct {Variable(identity, "AppId")} and {Variable(identity, "PrivateKeyPath")}, or Muster__GitHub__ApiUrl; the machine's clock must be right, too"));
                break;
            default:
                checks.Add(new AppCheck($"{name}: GitHub knows it", "GitHub does not know this App", $"correct {Variable(identity, "AppId")}, or register the App anew: ./bot up serves /setup where no App is set"));
                break;
        }
    }

    private static AppCheck KeyFile(string name, AppKey key)
    {
        var check = $"{name}: key {key.File}";
        try
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            using var now = RSA.Create();
            now.ImportFromPem(File.ReadAllText(key.File));
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(key.File) & others) != 0)
                return new AppCheck(check, "others than its owner may use it", $"chmod 600 {key.File}");
            return now.ExportRSAPublicKey().AsSpan().SequenceEqual(key.Key.ExportRSAPublicKey())
                ? new AppCheck(check)
                : new AppCheck(check, "it is another key than the app started with", "start the app again");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new AppCheck(check, fault.Message, "put the key back, or make a new one on the App's page, before the app is started again");
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            return new AppCheck(check, "it holds no RSA private key in PEM form", "make a new key on the App's page");
        }
    }

    private static IEnumerable<AppCheck> Rights(string name, AppManifest wanted, AppDetails app, string page)
    {
        var granted = app.Permissions ?? new Dictionary<string, string>();
        var lacking = Lacking(wanted, granted);
        var beyond = granted.Where(p => !wanted.Permissions.TryGetValue(p.Key, out var level) || (level == "read" && p.Value != "read")).Select(p => $"{p.Key}: {p.Value}").ToList();
        yield return (lacking.Count, beyond.Count) switch
        {
            (0, 0) => new AppCheck($"{name}: permissions as in app.yml"),
            ( > 0, _) => new AppCheck($"{name}: permissions as in app.yml", $"it lacks {string.Join(", ", lacking)}", $"{page}/permissions, then approve the change where it is installed"),
            _ => new AppCheck($"{name}: permissions as in app.yml", $"it has more than it uses: {string.Join(", ", beyond)}", $"take them off at {page}/permissions"),
        };
        var (missing, extra) = (wanted.Events.Except(app.Events ?? []).ToList(), (app.Events ?? []).Except(wanted.Events).ToList());
        yield return (missing.Count, extra.Count) switch
        {
            (0, 0) => new AppCheck($"{name}: events as in app.yml"),
            ( > 0, _) => new AppCheck($"{name}: events as in app.yml", $"it does not hear {string.Join(", ", missing)}", $"subscribe to them at {page}/permissions"),
            _ => new AppCheck($"{name}: events as in app.yml", $"it hears more than it uses: {string.Join(", ", extra)}", $"unsubscribe at {page}/permissions"),
        };
    }

    /// <summary>Whether the last webhook arrived, which needs the address and the secret to be right on both sides.</summary>
    private async Task<AppCheck> WebhooksAsync(string name, string page, CancellationToken cancellationToken)
    {
        var check = $"{name}: webhooks arrive, signed with the secret";
        var last = await client.GetAsync(new Caller.App(GitHubIdentity.Author), "/app/hook/deliveries?per_page=1", DoctorJson.Default.IReadOnlyListHookDelivery, cancellationToken);
        return (last as Answer<IReadOnlyList<HookDelivery>>.Ok)?.Value switch
        {
            null => new AppCheck(check, "GitHub could not be asked for its last delivery", "try again"),
            [] => new AppCheck($"{check} (GitHub has sent none yet)"),
            [{ StatusCode: >= 200 and < 300 }, ..] => new AppCheck(check),
            [{ StatusCode: 401 }, ..] => new AppCheck(check, "the last one was signed with another secret", $"set the same text as Muster__GitHub__WebhookSecret and at {page}"),
            [{ StatusCode: var status }, ..] => new AppCheck(check, $"the last one was answered with {status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}", $"correct the webhook address at {page}: it ends with /webhooks/github and must lead here"),
        };
    }

    private async Task<IReadOnlyList<AppCheck>> InstalledAsync(GitHubIdentity identity, string name, AppDetails app, CancellationToken cancellationToken)
    {
        var check = $"{name}: installed";
        var install = $"install it: {settings.GitHub.Server.AbsoluteUri.TrimEnd('/')}/apps/{app.Slug}/installations/new";
        var found = await client.ListAsync(new Caller.App(identity), "/app/installations?per_page=100", DoctorJson.Default.IReadOnlyListInstallationDetails, cancellationToken);
        if (found is not Answer<IReadOnlyList<InstallationDetails>>.Ok { Value: var installations })
            return [new AppCheck(check, "GitHub could not be asked where", "try again")];
        if (installations.Count == 0)
            return [new AppCheck(check, "it is installed nowhere, so it sees no repository", install)];
        return
        [
            .. from one in installations
               let place = $"{check} for {one.Account?.Login ?? "somebody"}"
               let lacking = Lacking(AppManifest.Of(identity), one.Permissions ?? new Dictionary<string, string>())
               select one.SuspendedAt is not null ? new AppCheck(place, "it is suspended there", "unsuspend it in the installation's settings")
                   : lacking.Count > 0 ? new AppCheck(place, $"it was not granted {string.Join(", ", lacking)} there", "an owner approves the new permissions in the installation's settings")
                   : new AppCheck(place),
        ];
    }

    /// <summary>The reviewer must stand wherever the author works.</summary>
    private async Task<IReadOnlyList<AppCheck>> TogetherAsync(CancellationToken cancellationToken)
    {
        var checks = new List<AppCheck>();
        foreach (var repository in await ledger.ReadAsync(Repositories.All, cancellationToken))
        {
            var check = $"reviewer App: installed on {repository.FullName}, as the author App is";
            var found = await client.GetAsync(new Caller.App(GitHubIdentity.Reviewer), $"{repository.Target.Path}/installation", GitHubJson.Default.Installation, cancellationToken);
            checks.Add(found switch
            {
                Answer<Installation>.Ok => new AppCheck(check),
                Answer<Installation>.Unknown { Why: var why } => new AppCheck(check, why, "try again"),
                _ => new AppCheck(check, "it is not, so its verdicts there are comments", "add the repository to the reviewer App's installation"),
            });
        }

        return checks;
    }

    private static List<string> Lacking(AppManifest wanted, IReadOnlyDictionary<string, string> granted) =>
    [
        .. from permission in wanted.Permissions
           where !granted.TryGetValue(permission.Key, out var level) || (permission.Value == "write" && level == "read")
           select $"{permission.Key}: {permission.Value}",
    ];

    private static string Word(GitHubIdentity identity) => identity is GitHubIdentity.Author ? "author" : "reviewer";

    private static string Variable(GitHubIdentity identity, string name) => $"Muster__{(identity is GitHubIdentity.Author ? "GitHub" : "Reviewer")}__{name}";
}

/// <summary>An App as GitHub shows it to itself, with all that it may.</summary>
internal sealed record AppDetails(long Id, string? Slug, IReadOnlyDictionary<string, string>? Permissions, IReadOnlyList<string>? Events);

internal sealed record InstallationDetails(long Id, User? Account, IReadOnlyDictionary<string, string>? Permissions, DateTimeOffset? SuspendedAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AppDetails))]
[JsonSerializable(typeof(IReadOnlyList<InstallationDetails>))]
[JsonSerializable(typeof(IReadOnlyList<HookDelivery>))]
internal sealed partial class DoctorJson : JsonSerializerContext;
