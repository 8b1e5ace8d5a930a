using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Wire;
using Muster.Runner.Work;

namespace Muster.Runner.Tests;

public sealed class OrderCheckTests
{
    private static readonly JobOrder Good = new()
    {
        Job = new JobId(1),
        Epoch = new Epoch(1),
        Kind = JobKind.Implement,
        Repository = new RepoName("acme", "widgets"),
        Public = true,
        CloneUrl = "https://git.example/acme/widgets.git",
        Issue = new IssueNumber(1),
        Attempt = 1,
        Round = 0,
        Agent = "implement/0",
        Base = new CommitSha(new string('a', 40)),
        Start = new CommitSha(new string('b', 40)),
        Branch = "muster/1/1",
        Brief = "",
        Contract = new Contract(),
        Gates = GateRules.Default,
        Limits = new JobLimits(1, 1, 1),
    };

    [Fact]
    public void A_good_order_passes() => OrderCheck.ThrowIfUnusable(Good);

    [Theory]
    [InlineData("--upload-pack=evil")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("muster/1/1\n")]
    [InlineData("a:refs/heads/main")]
    [InlineData("")]
    public void A_branch_that_git_could_take_for_something_else_is_refused(string branch) =>
        Assert.Throws<UnusableOrderException>(() => OrderCheck.ThrowIfUnusable(Good with { Branch = branch }));

    [Theory]
    [InlineData("--all")]
    [InlineData("HEAD")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_commit_that_is_no_full_id_is_refused(string sha) =>
        Assert.Throws<UnusableOrderException>(() => OrderCheck.ThrowIfUnusable(Good with { Base = new CommitSha(sha) }));

    [Fact]
    public void An_order_of_another_version_is_refused_in_words()
    {
        var refused = Assert.Throws<UnusableOrderException>(() => OrderCheck.ThrowIfUnusable(Good with { Version = 2 }));

        Assert.Contains("update the runner", refused.Message, StringComparison.Ordinal);
    }
}
