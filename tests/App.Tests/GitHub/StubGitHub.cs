using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

/// <summary>A server that answers every request as a test says: for what no real GitHub does on request.</summary>
public sealed class StubGitHub : IAsyncDisposable
{
    private readonly WebApplication server;

    private StubGitHub(WebApplication server) => this.server = server;

    public static RepoRef Repo { get; } = new(new RepoId(77), new RepoName("acme", "shop"));

    public string Url => server.Urls.Single();

    /// <summary>What was asked for; tokens, and what the app asks by itself, aside.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Answers all but the requests for tokens, which are answered well.</summary>
    public RequestDelegate Answers { get; set; } = _ => Task.CompletedTask;

    public int Minted { get; private set; }

    public static async Task<StubGitHub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var stub = new StubGitHub(server);
        server.Run(stub.AnswerAsync);
        await server.StartAsync();
        return stub;
    }

    public Task<AppUnderTest> StartAppAsync() => AppUnderTest.StartAsync(("GitHub:ApiUrl", Url), ("GitHub:ServerUrl", Url));

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/installation", StringComparison.Ordinal))
            return http.Response.WriteAsync("""{"id":5}""");
        if (path.EndsWith("/access_tokens", StringComparison.Ordinal))
            return http.Response.WriteAsync($$"""{"token":"t{{++Minted}}","expires_at":"2026-11-20T13:00:00Z"}""");
        // What the app asks by itself when it starts is not what a test is about.
        if (path.EndsWith("/hook/deliveries", StringComparison.Ordinal))
            return http.Response.WriteAsync("[]");
        // The repository itself is there and open to us, whatever is asked about things in it.
        if (path == "/repos/acme/shop")
            return http.Response.WriteAsync("{}");
        lock (Asked)
            Asked.Add($"{http.Request.Method} {path}{http.Request.QueryString}");
        return Answers(http);
    }
}
