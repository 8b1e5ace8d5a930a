using System.Text;
using System.Text.Json;
using Muster.App.Webhooks;

namespace Muster.App.Tests.Webhooks;

public sealed class PayloadTests
{
    [Fact]
    public void A_label_is_read_with_its_issue_and_its_sender()
    {
        var payload = Read("""
            {"action":"labeled","label":{"name":"agent:go","color":"fff"},
             "issue":{"id":9,"number":12,"title":"a \"title\"\n😀 --version","body":null,"state":"open","state_reason":null,
                      "user":{"login":"bob","id":4,"type":"User"},"labels":[{"name":"agent:go"}],"updated_at":"2026-11-20T12:00:00Z"},
             "repository":{"id":77,"full_name":"acme/shop","default_branch":"trunk","private":false},
             "installation":{"id":5},"sender":{"login":"ann","id":3,"type":"User"},"unheard_of":[{}]}
            """);

        Assert.Equal("agent:go", payload.Label?.Name);
        Assert.True(payload.Issue?.Carries("Agent:Go"));
        Assert.False(payload.Issue?.IsPull);
        Assert.Equal("a \"title\"\n😀 --version", payload.Issue?.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), payload.Issue?.UpdatedAt);
        Assert.Equal(("trunk", false), (payload.Repository?.DefaultBranch, payload.Repository?.Private));
        Assert.True(payload.Sender?.IsPerson);
    }

    [Fact]
    public void A_comment_on_a_pull_request_is_told_from_one_on_an_issue()
    {
        var payload = Read("""
            {"action":"edited","issue":{"id":1,"number":3,"pull_request":{"url":"x"}},
             "comment":{"id":8,"body":"/dispatch","created_at":"2026-11-20T12:00:00Z","performed_via_github_app":{"id":1001}},
             "changes":{"body":{"from":"hello"}}}
            """);

        Assert.True(payload.Issue?.IsPull);
        Assert.NotNull(payload.Changes);
        Assert.Equal(1001, payload.Comment?.PerformedViaGithubApp?.Id);
    }

    [Fact]
    public void A_merged_pull_request_names_who_merged_it()
    {
        var pull = Read("""
            {"action":"closed","number":31,"pull_request":{"id":1,"number":31,"state":"closed","merged":true,
             "merged_by":{"login":"ann","id":3,"type":"User"},"head":{"ref":"muster/12/1","sha":"aaa","repo":null},"base":{"ref":"main","sha":"bbb"}}}
            """).PullRequest!;

        Assert.True(pull.IsMerged);
        Assert.Equal(("ann", "muster/12/1", "aaa", "main"), (pull.MergedBy?.Login, pull.Head?.Ref, pull.Head?.Sha, pull.Base?.Ref));
    }

    [Fact]
    public void A_branch_that_goes_away_is_told_from_one_that_moves()
    {
        Assert.Equal(("branch", "muster/12/1"), Read("""{"ref":"muster/12/1","ref_type":"branch"}""") is var gone ? (gone.RefType, gone.Ref) : default);
        Assert.True(Read("""{"ref":"refs/heads/x","deleted":true,"repository":{"id":1,"created_at":1700000000,"owner":{"name":"acme","id":2}}}""").Deleted);
    }

    [Fact]
    public void An_installation_brings_its_repositories() =>
        Assert.Equal(
            ["acme/shop"],
            Read("""{"action":"created","installation":{"id":5,"app_id":1001,"suspended_at":null},"repositories":[{"id":77,"full_name":"acme/shop","private":true}]}""")
                .Repositories!.Select(repository => repository.FullName));

    [Fact]
    public void What_is_no_payload_throws() => Assert.Throws<JsonException>(() => Read("null"));

    private static Payload Read(string json) => Payload.Read(Encoding.UTF8.GetBytes(json));
}
