using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Muster.App.GitHub.Budget;
using Muster.App.Settings;

namespace Muster.App.GitHub;

public static class GitHubParts
{
    public static IServiceCollection AddGitHub(this IServiceCollection services)
    {
        services.AddHttpClient(GitHubHttp.ClientName, Configure).ConfigurePrimaryHttpMessageHandler(Handler);
        services.TryAddSingleton(BudgetLimits.OfGitHub);
        return services
            .AddSingleton<Governor>()
            .AddSingleton<GitHubClock>()
            .AddSingleton<GitHubHttp>()
            .AddSingleton<AppJwt>()
            .AddSingleton<AppRequests>()
            .AddSingleton<Installations>()
            .AddSingleton<LostAccess>()
            .AddSingleton<InstallationTokens>()
            .AddSingleton<GitHubClient>()
            .AddSingleton<AppsApi>()
            .AddSingleton<ReposApi>()
            .AddSingleton<IssuesApi>()
            .AddSingleton<CommentsApi>()
            .AddSingleton<PullsApi>()
            .AddSingleton<ReviewsApi>()
            .AddSingleton<ChecksApi>()
            .AddSingleton<GraphQl>();
    }

    private static void Configure(HttpClient client)
    {
        client.Timeout = TimeSpan.FromSeconds(15);
        client.MaxResponseContentBufferSize = 64 * 1024 * 1024;
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("muster", null));
        client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
    }

    private static SocketsHttpHandler Handler(IServiceProvider services) => new()
    {
        // Redirects are followed where the credential is known to stay with GitHub.
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseProxy = !services.GetRequiredService<AppSettings>().GitHub.Api.IsLoopback,
    };
}
