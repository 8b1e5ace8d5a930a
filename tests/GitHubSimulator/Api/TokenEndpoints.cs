using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Installation tokens: minted narrow, used for an hour, revoked by themselves.</summary>
internal static class TokenEndpoints
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static void Map(ApiRoutes routes)
    {
        routes.Post("/app/installations/{id}/access_tokens", Need.Jwt, Mint);
        routes.Delete("/installation/token", Need.InstallationToken, c => Task.FromResult(Revoke(c)));
        routes.Get("/installation/repositories", Need.InstallationToken, Repositories);
    }

    private static Reply Mint(Call call)
    {
        var installation = AppEndpoints.Find(call);
        if (installation.SuspendedAt is not null)
            throw ApiRefusal.Suspended();
        var repositories = Narrow(call, installation);
        var permissions = Permissions(call, installation.App);
        var token = new InstallationToken(
            installation, permissions, repositories ?? installation.Repositories, repositories is not null, call.World.Now.AddHours(1));
        var secret = NewToken(call, installation.App.Id);
        call.World.InstallationTokens.Add(secret, token);

        var answer = new JsonObject
        {
            ["token"] = secret,
            ["expires_at"] = Node.Date(token.ExpiresAt),
            ["permissions"] = AppJson.Permissions(permissions),
            ["repository_selection"] = "selected",
        };
        if (repositories is not null)
            answer["repositories"] = Node.List(repositories.Select(r => RepositoryJson.Of(call.World, r)));
        return Reply.Created(answer);
    }

    private static List<Repository>? Narrow(Call call, Installation installation)
    {
        var names = call.Array("repositories");
        var ids = call.Array("repository_ids");
        if (names is null && ids is null)
            return null;
        var chosen = new List<Repository>();
        foreach (var node in (ids ?? []).Concat(names ?? []))
        {
            var repository = node?.GetValueKind() switch
            {
                JsonValueKind.Number => installation.Repositories.Find(r => r.Id == node.GetValue<long>()),
                JsonValueKind.String => installation.Repositories.Find(r => r.Name.Equals(node.GetValue<string>(), StringComparison.OrdinalIgnoreCase)),
                _ => null,
            };
            chosen.Add(repository ?? throw new ApiRefusal(
                422, "There is at least one repository that does not exist or is not accessible to the parent installation."));
        }

        return [.. chosen.Distinct()];
    }

    private static IReadOnlyDictionary<string, string> Permissions(Call call, AppRegistration app)
    {
        if (call.Body["permissions"] is not JsonObject asked)
            return app.Permissions;
        var permissions = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read" };
        foreach (var (name, node) in asked)
        {
            var level = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";
            if (Access.Level(level) == 0)
                throw new ApiRefusal(422, $"Invalid request.\n\n'{level}' is not a permission level.");
            if (Access.Level(app.Permissions.GetValueOrDefault(name, "")) < Access.Level(level))
                throw new ApiRefusal(422, "The permissions requested are not granted to this installation.");
            permissions[name] = level;
        }

        return permissions;
    }

    // Both lengths are in the wild; the header forces one of them, as on GitHub.
    private static string NewToken(Call call, long appId)
    {
        var isLong = call.Request.Headers["X-GitHub-Stateless-S2S-Token"].ToString() switch
        {
            "enabled" => true,
            "disabled" => false,
            _ => call.World.TokenLength > 40,
        };
        if (!isLong)
            return "ghs_" + RandomNumberGenerator.GetString(Alphabet, 36);
        var (head, tail) = (RandomNumberGenerator.GetString(Alphabet, 36), RandomNumberGenerator.GetString(Alphabet, 342));
        return $"ghs_{appId}_{head}.{RandomNumberGenerator.GetString(Alphabet, 512 - 384 - appId.ToString(System.Globalization.CultureInfo.InvariantCulture).Length)}.{tail}";
    }

    private static Reply Revoke(Call call)
    {
        var token = ((Actor.Installed)call.Actor).Token;
        foreach (var secret in call.World.InstallationTokens.Where(t => ReferenceEquals(t.Value, token)).Select(t => t.Key).ToList())
            call.World.InstallationTokens.Remove(secret);
        return Reply.NoContent;
    }

    private static Reply Repositories(Call call)
    {
        var token = ((Actor.Installed)call.Actor).Token;
        return call.Page(
            token.Repositories,
            "repositories",
            r => RepositoryJson.Of(call.World, r),
            answer => answer["repository_selection"] = "selected");
    }
}
