using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Control;

/// <summary>What an owner does with a whole repository: another name, another owner, the end.</summary>
internal static class RepositoryControl
{
    public static Reply Rename(Call call)
    {
        var repository = Find(call);
        var name = call.Text("name") ?? throw ApiRefusal.Invalid("Repository", "name", "missing_field");
        var from = repository.Name;
        Move(call.World, repository, repository.Owner, name);
        call.Simulation.Announce.Say(repository, "repository", "renamed", new By(repository.Owner), p =>
            p["changes"] = new JsonObject { ["repository"] = new JsonObject { ["name"] = new JsonObject { ["from"] = from } } });
        return Describe(call, repository);
    }

    /// <summary>An installation belongs to an account, so the Apps have to be given the repository anew.</summary>
    public static Reply Transfer(Call call)
    {
        var repository = Find(call);
        var to = Stage.Owner(call.World, call.Text("owner") ?? throw ApiRefusal.Invalid("Repository", "owner", "missing_field"));
        var from = repository.Owner;
        foreach (var installation in call.World.InstallationsOn(repository).ToList())
            InstallationControl.TakeOff(call, installation, repository);
        Move(call.World, repository, to, repository.Name);
        foreach (var app in call.Array("installations") ?? [])
            Stage.Install(call, repository, app!.GetValue<long>());
        call.Simulation.Announce.Say(repository, "repository", "transferred", new By(to), p => p["changes"] = new JsonObject
        {
            ["owner"] = new JsonObject
            {
                ["from"] = from.IsOrganization
                    ? new JsonObject { ["organization"] = AccountJson.Organization(call.World, from) }
                    : new JsonObject { ["user"] = AccountJson.Of(call.World, from) },
            },
        });
        return Describe(call, repository);
    }

    public static async Task<Reply> ForkAsync(Call call)
    {
        var (world, parent) = (call.World, Find(call));
        var owner = Stage.Owner(world, call.Text("owner") ?? throw ApiRefusal.Invalid("Repository", "owner", "missing_field"), "User");
        if (world.TryRepository(owner.Login, parent.Name, out _))
            throw ApiRefusal.Invalid("Repository", "name", "already_exists");
        var id = world.NextId();
        var git = await GitStore.CreateAsync(Path.Combine(Path.GetDirectoryName(parent.Git.Directory)!, $"{id}.git"), parent.DefaultBranch);
        await git.TextAsync("fetch", "--quiet", parent.Git.Directory, "+refs/heads/*:refs/heads/*");
        var fork = new Repository
        {
            Id = id,
            Owner = owner,
            Name = parent.Name,
            DefaultBranch = parent.DefaultBranch,
            Private = parent.Private,
            Drafts = parent.Drafts,
            Git = git,
            Parent = parent,
            CreatedAt = world.Now,
            PushedAt = world.Now,
            Refs = await git.RefsAsync(),
        };
        world.Repositories.Add(fork);
        return Reply.Created(Describe(call, fork).Json!);
    }

    public static Reply Delete(Call call)
    {
        var repository = Find(call);
        call.Simulation.Announce.Say(repository, "repository", "deleted", new By(repository.Owner), _ => { });
        call.World.Repositories.Remove(repository);
        call.World.Installations.ForEach(i => i.Repositories.Remove(repository));
        foreach (var pull in call.World.Repositories.SelectMany(r => r.Pulls).Where(p => p.HeadRepository == repository))
            pull.HeadIsGone = true;
        return Reply.NoContent;
    }

    /// <summary>Ties a pull request to an issue as people do in the sidebar: GitHub has no REST for it.</summary>
    public static Reply Link(Call call)
    {
        var repository = Find(call);
        var (pull, issue) = (Numbered(call, repository, "pull"), Numbered(call, repository, "issue"));
        (pull.Pull ?? throw ApiRefusal.NotFound()).LinkedByHand.Add(issue);
        return Reply.NoContent;
    }

    private static Issue Numbered(Call call, Repository repository, string field) =>
        repository.Issues.GetValueOrDefault(call.Body[field]?.GetValue<int>() ?? 0) ?? throw ApiRefusal.NotFound();

    public static Repository Find(Call call)
    {
        var id = call.Id();
        return call.World.Repositories.Find(r => r.Id == id) ?? throw ApiRefusal.NotFound();
    }

    private static void Move(World world, Repository repository, Account owner, string name)
    {
        if (world.TryRepository(owner.Login, name, out _))
            throw ApiRefusal.Invalid("Repository", "name", "already_exists");
        repository.FormerNames.Add(repository.FullName);
        (repository.Owner, repository.Name) = (owner, name);
        repository.FormerNames.RemoveAll(n => n.Equals(repository.FullName, StringComparison.OrdinalIgnoreCase));
    }

    private static Reply Describe(Call call, Repository repository) => Reply.Ok(new JsonObject
    {
        ["id"] = repository.Id,
        ["fullName"] = repository.FullName,
        ["cloneUrl"] = RepositoryJson.Html(call.World, repository) + ".git",
        ["gitDirectory"] = repository.Git.Directory,
    });
}
