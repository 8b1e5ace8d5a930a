using System.Text.RegularExpressions;
using Muster.Demo.Stories;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>What the Apps asked GitHub to be allowed, over a whole night.</summary>
public sealed class TokenTests
{
    private static readonly Task<Ending> Night = Played.AsyncOf("night");

    [Fact]
    public async Task Every_minted_token_names_one_repository_and_its_permissions()
    {
        var minted = (await Night).Journal.Where(l => Regex.IsMatch(l.Path, "/app/installations/[0-9]+/access_tokens$")).ToList();

        Assert.NotEmpty(minted);
        Assert.All(minted, l =>
        {
            var permissions = l.Json!["permissions"]!.AsObject();
            // The one exception: listing what an installation has, which metadata alone must be enough for.
            if (permissions.All(p => p.Key == "metadata"))
            {
                return;
            }

            Assert.Single(l.Json!["repository_ids"]!.AsArray());
            Assert.NotEmpty(permissions);
        });
    }

    [Fact]
    public async Task Git_never_uses_a_token_that_may_do_more_than_contents()
    {
        var git = (await Night).Journal.Where(l => l.Actor.AppId is not null && Regex.IsMatch(l.Path, "/(info/refs|git-(upload|receive)-pack)$")).ToList();

        Assert.NotEmpty(git);
        Assert.All(git, l =>
        {
            Assert.Single(l.Token!.RepositoryIds);
            Assert.Empty(l.Token.Permissions.Keys.Except(["contents", "metadata"]));
        });
        Assert.All(git.Where(l => l.Path.EndsWith("upload-pack", StringComparison.Ordinal)), l => Assert.Equal("read", l.Token!.Permissions["contents"]));
    }

    [Fact]
    public async Task GitHub_refuses_nothing_that_a_night_asks_for()
    {
        var refused = (await Night).Journal.Where(l => l.Actor.AppId is not null && l.Status is 401 or 403 or 422).Select(l => $"{l.Method} {l.Path}: {l.Status}");

        Assert.Empty(refused);
    }
}
