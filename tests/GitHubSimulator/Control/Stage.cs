using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Control;

/// <summary>Puts people, Apps and repositories in place. Saying the same again gives the same back.</summary>
internal static class Stage
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Dictionary<string, string> UsualPermissions = new()
    {
        ["metadata"] = "read",
        ["issues"] = "write",
        ["pull_requests"] = "write",
        ["contents"] = "write",
        ["checks"] = "write",
    };

    private static readonly string[] UsualEvents =
        ["issues", "issue_comment", "pull_request", "pull_request_review", "check_run", "push", "create", "delete", "repository"];

    public static Reply AddUser(Call call)
    {
        var login = call.Text("login") ?? throw ApiRefusal.Invalid("User", "login", "missing_field");
        var user = Person(call.World, login, call.Text("type") ?? "User");
        return Reply.Created(new JsonObject { ["id"] = user.Id, ["login"] = user.Login, ["token"] = user.Token });
    }

    public static Reply AddApp(Call call)
    {
        var id = call.Body["appId"]?.GetValue<long>() ?? throw ApiRefusal.Invalid("App", "appId", "missing_field");
        var slug = call.Text("slug") ?? throw ApiRefusal.Invalid("App", "slug", "missing_field");
        if (call.World.Apps.ContainsKey(id) || call.World.Accounts.ContainsKey(slug + "[bot]"))
            throw ApiRefusal.Invalid("App", "appId", "already_exists");
        var app = new AppRegistration
        {
            Id = id,
            Slug = slug,
            Bot = call.World.AddAccount(slug + "[bot]", "Bot"),
            Owner = Person(call.World, slug + "-makers", "Organization"),
            Key = Key(call.Text("publicKeyPem") ?? call.Text("privateKeyPem")),
            Permissions = Permissions(call),
            Events = call.Array("events") is { } events ? [.. events.Select(e => e!.GetValue<string>())] : UsualEvents,
            CreatedAt = call.World.Now,
            WebhookUrl = call.Text("webhookUrl"),
            WebhookSecret = call.Text("webhookSecret"),
        };
        call.World.Apps.Add(id, app);
        call.Simulation.Announce.Ping(app);
        return Reply.Created(Describe(app));
    }

    public static Reply ChangeApp(Call call)
    {
        if (!call.World.Apps.TryGetValue(call.Id(), out var app))
            throw ApiRefusal.NotFound();
        if (call.Has("webhookSecret"))
            app.WebhookSecret = call.Text("webhookSecret");
        if (call.Has("webhookUrl"))
        {
            app.WebhookUrl = call.Text("webhookUrl");
            call.Simulation.Announce.Ping(app);
        }

        return Reply.Ok(Describe(app));
    }

    public static async Task<Reply> AddRepositoryAsync(Call call)
    {
        var world = call.World;
        var ownerName = call.Text("owner") ?? throw ApiRefusal.Invalid("Repository", "owner", "missing_field");
        var name = call.Text("name") ?? throw ApiRefusal.Invalid("Repository", "name", "missing_field");
        if (world.TryRepository(ownerName, name, out _))
            throw ApiRefusal.Invalid("Repository", "name", "already_exists");

        var id = world.NextId();
        var branch = call.Text("defaultBranch") ?? "main";
        var repository = new Repository
        {
            Id = id,
            Owner = Owner(world, ownerName),
            Name = name,
            DefaultBranch = branch,
            Private = call.Flag("private") ?? false,
            Drafts = call.Flag("drafts") ?? true,
            Git = await GitStore.CreateAsync(Path.Combine(Path.GetFullPath(world.Options.DataDirectory), "repos", $"{id}.git"), branch),
            CreatedAt = world.Now,
            PushedAt = world.Now,
        };
        foreach (var (login, role) in call.Body["collaborators"] as JsonObject ?? [])
        {
            Person(world, login, "User");
            repository.Collaborators[login] = RoleNames.Parse(role?.GetValue<string>() ?? "")
                ?? throw ApiRefusal.Invalid("Repository", "collaborators", "invalid");
        }

        world.Repositories.Add(repository);
        var installations = new JsonObject();
        foreach (var app in call.Array("installations") ?? [])
            installations[app!.ToString()] = Install(call, repository, app.GetValue<long>()).Id;
        return Reply.Created(new JsonObject
        {
            ["id"] = id,
            ["fullName"] = repository.FullName,
            ["cloneUrl"] = RepositoryJson.Html(world, repository) + ".git",
            ["gitDirectory"] = repository.Git.Directory,
            ["installationIds"] = installations,
        });
    }

    public static Account Owner(World world, string login, string type = "Organization") => Person(world, login, type);

    public static Installation Install(Call call, Repository repository, long appId) => Install(call.Simulation, repository, appId);

    public static Installation Install(Simulation simulation, Repository repository, long appId)
    {
        var world = simulation.World;
        if (!world.Apps.TryGetValue(appId, out var app))
            throw ApiRefusal.Invalid("Repository", "installations", "invalid", $"There is no App {appId}.");
        var installation = world.Installations.Find(i => i.App == app && i.Account == repository.Owner);
        var added = Node.List([AppJson.Repository(repository)]);
        if (installation is null)
        {
            installation = new Installation { Id = world.NextId(), App = app, Account = repository.Owner, CreatedAt = world.Now };
            world.Installations.Add(installation);
            installation.Repositories.Add(repository);
            simulation.Announce.SayToApp(installation, "installation", "created", p =>
            {
                p["repositories"] = added;
                p["requester"] = null;
            });
            return installation;
        }

        installation.Repositories.Add(repository);
        simulation.Announce.SayToApp(installation, "installation_repositories", "added", p =>
        {
            p["repository_selection"] = "selected";
            p["repositories_added"] = added;
            p["repositories_removed"] = new JsonArray();
            p["requester"] = null;
        });
        return installation;
    }

    private static Account Person(World world, string login, string type) =>
        world.Accounts.GetValueOrDefault(login) ?? world.AddAccount(login, type, "ghp_" + RandomNumberGenerator.GetString(Alphabet, 36));

    private static RSA Key(string? pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (ArgumentException)
        {
            throw ApiRefusal.Invalid("App", "publicKeyPem", "invalid");
        }

        return key;
    }

    private static Dictionary<string, string> Permissions(Call call)
    {
        if (call.Body["permissions"] is not JsonObject given)
            return UsualPermissions;
        var permissions = given.ToDictionary(p => p.Key, p => p.Value?.GetValueKind() == JsonValueKind.String ? p.Value.GetValue<string>() : "");
        permissions.TryAdd("metadata", "read");
        return permissions;
    }

    private static JsonObject Describe(AppRegistration app) => new()
    {
        ["appId"] = app.Id,
        ["slug"] = app.Slug,
        ["botId"] = app.Bot.Id,
        ["botLogin"] = app.Bot.Login,
        ["webhookUrl"] = app.WebhookUrl,
    };
}
