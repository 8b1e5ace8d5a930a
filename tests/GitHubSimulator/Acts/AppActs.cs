using System.Security.Cryptography;
using Muster.GitHubSimulator.Api;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>Registering an App from a manifest, in the two steps of GitHub's flow.</summary>
internal static class AppActs
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromHours(1);

    /// <summary>Registers the App and returns the code for which its credentials are given out, once.</summary>
    public static string Register(this Simulation sim, AppManifest manifest, Account owner)
    {
        var world = sim.World;
        var key = RSA.Create(2048);
        var secret = manifest is { HookUrl: not null, HookActive: true } ? RandomNumberGenerator.GetHexString(40, lowercase: true) : null;
        var app = new AppRegistration
        {
            Id = world.NextId(),
            Slug = manifest.Slug,
            Name = manifest.Name,
            Bot = world.AddAccount(manifest.Slug + "[bot]", "Bot"),
            Owner = owner,
            Key = key,
            Permissions = manifest.Permissions,
            Events = manifest.Events,
            CreatedAt = world.Now,
            SetupUrl = manifest.SetupUrl,
            WebhookUrl = manifest.HookActive ? manifest.HookUrl : null,
            WebhookSecret = secret,
        };
        world.Apps.Add(app.Id, app);
        var code = RandomNumberGenerator.GetHexString(40, lowercase: true);
        world.ManifestCodes[code] = new ManifestCode(app, key.ExportRSAPrivateKeyPem(), world.Time.GetUtcNow() + CodeLife);
        return code;
    }

    public static bool IsTaken(this World world, AppManifest manifest) => world.Accounts.ContainsKey(manifest.Slug + "[bot]");
}
