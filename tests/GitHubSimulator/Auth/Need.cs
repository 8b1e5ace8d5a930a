using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Auth;

/// <summary>What an endpoint asks of whoever calls it.</summary>
internal abstract record Need
{
    public static Need Nothing { get; } = new Free();

    public static Need Jwt { get; } = new AppItself();

    public static Need InstallationToken { get; } = new Installation();

    public static Need Person { get; } = new AnyPerson();

    /// <summary>Read access: an App needs one of the permissions, a person must see the repository.</summary>
    public static Need Read(string permissions) => new Repository(permissions.Split('|'), Writes: false, Role.Read);

    /// <summary>Write access: an App needs one of the permissions, a person at least the role.</summary>
    public static Need Write(string permissions, Role role) => new Repository(permissions.Split('|'), Writes: true, role);

    public abstract void Check(Call call);

    private sealed record Free : Need
    {
        public override void Check(Call call)
        {
        }
    }

    private sealed record AppItself : Need
    {
        public override void Check(Call call)
        {
            if (call.Actor is not Actor.App)
                throw new ApiRefusal(401, "A JSON web token could not be decoded");
        }
    }

    private sealed record Installation : Need
    {
        public override void Check(Call call)
        {
            if (call.Actor is Actor.App)
                throw ApiRefusal.BadCredentials();
            if (call.Actor is not Actor.Installed)
                throw new ApiRefusal(403, "You must authenticate with an installation access token in order to list repositories for an installation.");
        }
    }

    private sealed record AnyPerson : Need
    {
        public override void Check(Call call)
        {
            switch (call.Actor)
            {
                case Actor.Anonymous:
                    throw new ApiRefusal(401, "Requires authentication");
                case Actor.App:
                    throw ApiRefusal.BadCredentials();
                case Actor.Installed:
                    throw ApiRefusal.NotForIntegration();
            }
        }
    }

    private sealed record Repository(string[] Permissions, bool Writes, Role Role) : Need
    {
        public override void Check(Call call)
        {
            if (call.Actor is Actor.App)
                throw ApiRefusal.BadCredentials();
            if (call.World.FormerRepository(call.Route("owner"), call.Route("repo")) is { } moved && Access.Sees(call.Actor, moved))
                throw new Moved(moved);
            if (!call.World.TryRepository(call.Route("owner"), call.Route("repo"), out var repository)
                || !Access.Sees(call.Actor, repository))
                throw ApiRefusal.NotFound();
            call.Repository = repository;
            switch (call.Actor)
            {
                case Actor.Anonymous when Writes:
                    throw new ApiRefusal(401, "Requires authentication");
                case Actor.Person { Account: var person } when Writes && repository.RoleOf(person) < Role:
                    throw new ApiRefusal(403, "Must have admin rights to Repository.");
                case Actor.Installed { Token: var token } when !Permissions.Any(p => Access.Grants(token.Permissions, p, Writes)):
                    throw ApiRefusal.NotForIntegration();
            }
        }
    }
}
