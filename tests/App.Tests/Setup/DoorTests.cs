using System.Net;
using Muster.App.GitHub;
using Muster.App.Setup;

namespace Muster.App.Tests.Setup;

/// <summary>Who gets into the setup, and from where.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task Who_has_not_entered_the_code_sees_the_door_and_nothing_else()
    {
        await using var scene = await SetupScene.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(scene.Url) };
        foreach (var path in new[] { "/", "/healthz", "/api/waves", "/webhooks/github", "/setup/begin", "/setup/nothing" })
            Assert.Contains((await http.GetAsync(path)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        foreach (var path in new[] { "/setup/begin", "/setup/store", "/setup/start" })
        {
            using var form = new FormUrlEncodedContent([]);
            Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsync(path, form)).StatusCode);
        }

        Assert.DoesNotContain("Register", await http.GetStringAsync("/setup"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/setup/registered?code=a&state=b")).StatusCode);
        Assert.Empty(scene.Asked);
    }

    [Theory]
    [InlineData("Host", "muster.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Through_a_proxy_or_by_a_name_from_outside_there_is_nothing(string header, string value)
    {
        await using var scene = await SetupScene.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{scene.Url}/setup");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.NotFound, (await http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_code_opens_once_for_one_browser_and_in_any_spelling()
    {
        await using var scene = await SetupScene.StartAsync();
        var code = scene.Code;
        await scene.Browser.GoAsync($"{scene.Url}/setup");
        await scene.Browser.PressAsync("Go on", ("code", "WRONG-CODE-1234"));
        Assert.Contains("This is not the code that stands on the console.", scene.Browser.Text, StringComparison.Ordinal);
        await scene.Browser.PressAsync("Go on", ("code", $" {code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)} "));
        Assert.Contains("1. The author App", scene.Browser.Text, StringComparison.Ordinal);

        using var other = new Browser();
        await other.GoAsync($"{scene.Url}/setup");
        Assert.NotEqual(code, scene.Code);
        await other.PressAsync("Go on", ("code", code));
        Assert.Contains("This is not the code", other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_too_old_or_was_guessed_at_is_replaced_on_the_console()
    {
        await using var scene = await SetupScene.StartAsync();
        var code = scene.Code;
        scene.Time.Advance(TimeSpan.FromMinutes(15));
        await scene.Browser.GoAsync($"{scene.Url}/setup");
        Assert.NotEqual(code, scene.Code);

        code = scene.Code;
        for (var guess = 0; guess < 5; guess++)
            await scene.Browser.PressAsync("Go on", ("code", $"AAAA-BBBB-CCC{guess}"));
        Assert.Contains("tried too often", scene.Browser.Text, StringComparison.Ordinal);
        await scene.Browser.PressAsync("Go on", ("code", code));
        Assert.Contains("This is not the code", scene.Browser.Text, StringComparison.Ordinal);
        await scene.Browser.PressAsync("Go on", ("code", scene.Code));
        Assert.Contains("1. The author App", scene.Browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_does_nothing()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        foreach (var path in new[] { "/setup/begin", "/setup/store", "/setup/start" })
        {
            await scene.Browser.PostAsync(path, ("app", "author"), ("address", scene.Url), ("token", "0123456789abcdef"));
            Assert.Equal(HttpStatusCode.Forbidden, scene.Browser.Status);
        }

        Assert.False(Directory.Exists(scene.Credentials));
        Assert.False(scene.Ended.IsCompleted);
    }

    [Fact]
    public async Task An_answer_with_no_state_of_ours_is_not_believed_and_its_code_not_used()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        await scene.BeginAsync();
        foreach (var state in new[] { "", "0123456789abcdef0123456789abcdef", "x&state=y" })
        {
            await scene.ReturnAsync(state);
            Assert.Equal(HttpStatusCode.Forbidden, scene.Browser.Status);
            Assert.Contains("was not asked for here", scene.Browser.Text, StringComparison.Ordinal);
        }

        Assert.Empty(scene.Asked);
    }

    [Fact]
    public async Task A_state_is_good_once_and_for_an_hour()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        var used = await scene.BeginAsync();
        await scene.ReturnAsync(used);
        Assert.Contains("Registered as muster-of-ann", scene.Browser.Text, StringComparison.Ordinal);
        await scene.ReturnAsync(used);
        Assert.Contains("used already", scene.Browser.Text, StringComparison.Ordinal);

        await scene.Browser.GoAsync("/setup");
        var late = await scene.BeginAsync("reviewer");
        scene.Time.Advance(TimeSpan.FromHours(1));
        await scene.ReturnAsync(late);
        Assert.Contains("more than an hour", scene.Browser.Text, StringComparison.Ordinal);
        Assert.Single(scene.Asked);
    }

    [Fact]
    public async Task Each_permission_and_event_is_explained_before_anybody_is_sent_to_GitHub()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        foreach (var identity in Enum.GetValues<GitHubIdentity>())
        {
            Assert.All(AppManifest.Of(identity).Permissions.Keys, p => Assert.Contains(PermissionWords.Of(identity, p)!, scene.Browser.Text, StringComparison.Ordinal));
            Assert.All(AppManifest.Of(identity).Events, e => Assert.Contains(PermissionWords.OfEvent(e)!, scene.Browser.Text, StringComparison.Ordinal));
        }
    }
}
