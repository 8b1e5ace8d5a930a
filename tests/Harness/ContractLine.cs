using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Muster.App.GitHub;
using Muster.Contracts;

namespace Muster.App.Tests;

internal static class ContractLine
{
    /// <summary>Holds all that the app says to GitHub, and hears from it, against GitHub's own description: last before the wire, whatever else is on the line.</summary>
    public static void HoldTo(this IServiceCollection services, Contract contract) =>
        services.PostConfigure<HttpClientFactoryOptions>(
            GitHubHttp.ClientName,
            line => line.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new ContractHandler(contract))));
}
