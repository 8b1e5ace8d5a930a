using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Auth;

/// <summary>Who sees a repository and what a set of permissions allows.</summary>
internal static class Access
{
    /// <summary>What is not seen does not exist: GitHub answers 404, never 403.</summary>
    public static bool Sees(Actor actor, Repository repository) => actor switch
    {
        Actor.Installed { Token.Repositories: var repositories } => repositories.Contains(repository),
        Actor.Person { Account: var person } => repository.RoleOf(person) >= Role.Read,
        _ => !repository.Private,
    };

    public static bool Grants(IReadOnlyDictionary<string, string> permissions, string name, bool write) =>
        permissions.TryGetValue(name, out var level) && Level(level) >= (write ? 2 : 1);

    /// <summary>How much a permission's level allows; 0 for a word that is none.</summary>
    public static int Level(string level) => level switch
    {
        "read" => 1,
        "write" => 2,
        "admin" => 3,
        _ => 0,
    };

    public static bool MayPush(Actor actor, Repository repository) => actor switch
    {
        Actor.Installed { Token.Permissions: var permissions } => Grants(permissions, "contents", write: true),
        Actor.Person { Account: var person } => repository.RoleOf(person) >= Role.Write,
        _ => false,
    };

    public static bool MayFetch(Actor actor) => actor switch
    {
        Actor.Installed { Token.Permissions: var permissions } => Grants(permissions, "contents", write: false),
        Actor.App => false,
        _ => true,
    };

    /// <summary>Whether the actor has at least the role a person would need; an App acts with the permissions it passed with.</summary>
    public static bool Has(Actor actor, Repository repository, Role role) => actor switch
    {
        Actor.Installed => true,
        Actor.Person { Account: var person } => repository.RoleOf(person) >= role,
        _ => false,
    };
}
