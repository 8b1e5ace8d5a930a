using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Muster.Core.Wire;
using Muster.Runner.Configuration;
using Muster.Runner.Doctor;

namespace Muster.Runner.Tests;

/// <summary>What doctor makes of the app's answer about its Apps.</summary>
public sealed class AppsCheckTests
{
    private const string Token = "a token for the pages, long enough";

    [Fact]
    public async Task What_the_app_found_is_shown_line_by_line()
    {
        var checks = await LookAsync(Token, 200, WireJson.Write(new List<AppCheck> { new("author App 5: installed"), new("author App 5: key", "others may use it", "chmod 600 it") }));

        Assert.Equal(["ok    author App 5: installed", "FAIL  author App 5: key: others may use it\n      mend: chmod 600 it"], checks.Select(c => c.ToString()));
    }

    [Theory]
    [InlineData(null, 401, "--    GitHub Apps: set Muster__ApiToken", true)]
    [InlineData(null, 404, "--    GitHub Apps: the app shows them to nobody", true)]
    [InlineData("another token than the app's", 401, "FAIL  GitHub Apps: the app does not accept this Muster__ApiToken", false)]
    [InlineData(Token, 500, "FAIL  GitHub Apps: the app answers 500", false)]
    [InlineData(Token, 200, "FAIL  GitHub Apps: ", false)]
    public async Task Where_it_cannot_look_it_says_why_and_fails_only_for_what_is_wrong(string? token, int status, string says, bool passed)
    {
        var check = Assert.Single(await LookAsync(token, status, "<html>"));

        Assert.StartsWith(says, check.ToString(), StringComparison.Ordinal);
        Assert.Equal(passed, check.Passed);
    }

    private static async Task<IReadOnlyList<Check>> LookAsync(string? token, int status, string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet(AppsCheck.Path, (HttpRequest request) => Results.Content(
            answer, "application/json", statusCode: token is null || request.Headers.Authorization == $"Bearer {token}" ? status : 418));
        await app.StartAsync();
        using var http = new HttpClient();
        var settings = new RunnerSettings
        {
            AppUrl = new Uri(app.Urls.Single()),
            Home = new RunnerHome(Path.GetTempPath()),
            RunnerConfig = "",
            ApiToken = token,
        };
        return await AppsCheck.LookAsync(settings, http, CancellationToken.None);
    }
}
