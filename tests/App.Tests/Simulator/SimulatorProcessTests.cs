using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Muster.App.Tests.Simulator;

/// <summary>The journal, the pages, and the program as others start it.</summary>
public sealed class SimulatorProcessTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task The_journal_holds_every_request_with_who_and_with_what_right()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync(permissions: new { issues = "write", contents = "read" });
        const string body = """{"title":"kept"}""";
        await toy.PostAsync("/issues", token, body);
        await toy.GetAsync("/issues/77", null);
        using var work = GitRun.InTemporaryFolder();
        await work.OkAsync("clone", "-q", toy.Authorized(token), ".");
        var lines = (await github.JournalAsync()).Where(l => l["path"]!.GetValue<string>().Contains($"/{toy.Name}", StringComparison.Ordinal)).ToList();

        var posted = lines.Single(l => l["method"]!.GetValue<string>() == "POST" && l["path"]!.GetValue<string>() == $"{toy.Path}/issues");
        Assert.Equal("installation muster[bot] 7", $"{posted["actor"]!["kind"]} {posted["actor"]!["login"]} {posted["actor"]!["appId"]}");
        Assert.Equal(201, posted["status"]!.GetValue<int>());
        Assert.Equal(body, posted["body"]!.GetValue<string>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), posted["bodySha256"]!.GetValue<string>());
        Assert.Equal(
            $$$"""{"repositoryIds":[{{{toy.Id}}}],"permissions":{"contents":"read","issues":"write","metadata":"read"}}""",
            posted["token"]!.ToJsonString());
        Assert.Equal("anonymous", lines.Single(l => l["status"]!.GetValue<int>() == 404)["actor"]!["kind"]!.GetValue<string>());
        Assert.Contains(lines, l => l["path"]!.GetValue<string>() == $"/acme/{toy.Name}.git/git-upload-pack" && l["actor"]!["kind"]!.GetValue<string>() == "installation");
    }

    [Fact]
    public async Task No_credential_is_in_journal_or_deliveries()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        await toy.PushAsync("main", "a.txt", "one");
        await toy.IssueAsync();
        await github.SettleAsync();
        foreach (var path in new[] { "/_sim/journal?after=0", "/_sim/deliveries?after=0" })
        {
            var text = (await github.GetAsync(path)).Raw;
            foreach (var secret in new[] { token, github.Token("ann"), SimulatorFixture.Secret })
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_has_the_answer_finds_the_line()
    {
        var toy = await github.RepositoryAsync();
        for (var n = 1; n <= 20; n++)
        {
            await toy.IssueAsync();
            var last = (await github.JournalAsync())[^1];
            Assert.Equal($"{toy.Path}/issues", last["path"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Pages_show_what_was_written_and_run_none_of_it()
    {
        var toy = await github.RepositoryAsync();
        const string evil = "<script>alert('x')</script>";
        var head = await toy.WithBranchAsync();
        await toy.PushAsync("work/1", "page.html", evil, "origin/work/1");
        await toy.IssueAsync(evil, evil);
        await toy.PostAsync("/issues/1/labels", github.Token("ann"), new { labels = new[] { "<b>" } });
        await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = evil });
        await toy.PullAsync(await toy.AppTokenAsync(), body: evil + " #1");
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        await toy.PostAsync("/pulls/2/reviews", judge, new
        {
            @event = "REQUEST_CHANGES",
            body = evil,
            comments = new[] { new { path = "page.html", line = 1, side = "RIGHT", body = evil } },
        });
        await toy.PostAsync("/check-runs", judge, new { name = evil, head_sha = head, conclusion = "failure", output = new { title = evil, summary = evil } });
        foreach (var path in new[] { "", "/issues", "/issues/1", "/pull/2" })
        {
            var page = await github.GetAsync($"/acme/{toy.Name}{path}");
            Assert.Equal(200, page.Status);
            Assert.DoesNotContain("<script", page.Raw, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<b><", page.Raw, StringComparison.Ordinal);
        }

        var pull = (await github.GetAsync($"/acme/{toy.Name}/pull/2")).Raw;
        foreach (var shown in new[] { "CHANGES_REQUESTED", "judge[bot]", "failure", "page.html:1", "twenty", "&lt;script&gt;" })
            Assert.Contains(shown, pull, StringComparison.Ordinal);
        Assert.Contains(toy.Name, (await github.GetAsync("/")).Raw, StringComparison.Ordinal);
        Assert.Equal(404, (await github.GetAsync("/acme/none")).Status);
    }

    [Fact]
    public async Task The_program_prints_one_line_and_serves()
    {
        var data = Directory.CreateTempSubdirectory("muster-sim-").FullName;
        using var process = Start("--urls", "http://127.0.0.1:0", "--data", data);
        try
        {
            var url = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!["url"]!.GetValue<string>();
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            Assert.Equal(200, (await Answer.AskAsync(client, HttpMethod.Get, "/zen", null, null)).Status);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    [Theory]
    [InlineData("--data is missing", "--urls", "http://127.0.0.1:0")]
    [InlineData("not on loopback", "--urls", "http://0.0.0.0:0", "--data", "x")]
    [InlineData("unknown", "--port", "1")]
    public async Task The_program_refuses_what_it_cannot_use(string why, params string[] args)
    {
        using var process = Start(args);
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 2, why);
        Assert.Contains("usage:", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(GitHubSimulator.SimulatorHost).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
