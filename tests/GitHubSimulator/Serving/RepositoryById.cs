using System.Globalization;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>Lets every endpoint also be reached where GitHub Enterprise Server has it, and those of a repository as /repositories/{id}/…, where GitHub's Link headers lead.</summary>
internal static class RepositoryById
{
    public static async Task InvokeAsync(World world, HttpContext http, RequestDelegate next)
    {
        // GitHub Enterprise Server has the same API under another path.
        if (http.Request.Path.StartsWithSegments("/api/v3", StringComparison.Ordinal, out var plain))
            http.Request.Path = plain;
        else if (http.Request.Path == "/api/graphql")
            http.Request.Path = "/graphql";
        if (http.Request.Path.Value?.Split('/', 4) is ["", "repositories", var number, .. var rest]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            await world.Gate.WaitAsync(http.RequestAborted);
            try
            {
                if (world.Repositories.Find(r => r.Id == id) is { } repository)
                    http.Request.Path = $"/repos/{repository.FullName}" + (rest.Length > 0 ? "/" + rest[0] : "");
            }
            finally
            {
                world.Gate.Release();
            }
        }

        await next(http);
    }
}
