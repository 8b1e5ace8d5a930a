using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>The table of contents of the simulated API.</summary>
internal static class ApiTable
{
    public static void Map(ApiRoutes routes)
    {
        AppEndpoints.Map(routes);
        ManifestEndpoints.Map(routes);
        TokenEndpoints.Map(routes);
        RepositoryEndpoints.Map(routes);
        IssueEndpoints.Map(routes);
        DependencyEndpoints.Map(routes);
        LabelEndpoints.Map(routes);
        CommentEndpoints.Map(routes);
        ReactionEndpoints.Map(routes);
        PullEndpoints.Map(routes);
        MergeEndpoints.Map(routes);
        ReviewEndpoints.Map(routes);
        CheckEndpoints.Map(routes);
        CommitEndpoints.Map(routes);
        RefEndpoints.Map(routes);
        ContentEndpoints.Map(routes);
        HookEndpoints.Map(routes);
        GraphQlEndpoint.Map(routes);
    }
}
