using System.Text.RegularExpressions;
using Muster.Demo.Stories;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>The seven issues of the night, each looked at on GitHub, not in the app's own record alone.</summary>
public sealed class NightTests
{
    private static readonly Task<Ending> Night = Played.AsyncOf("night");

    [Fact]
    public async Task Issues_that_touch_different_folders_run_side_by_side()
    {
        var ending = await Night;
        var (one, other) = (ending.Item("a1"), ending.Item("a2"));

        Assert.Equal(("runs", "runs"), (one.Placement, other.Placement));
        Assert.True(one.AgentStarted < other.AgentEnded && other.AgentStarted < one.AgentEnded, $"{one.AgentStarted}-{one.AgentEnded} and {other.AgentStarted}-{other.AgentEnded} do not overlap");
    }

    [Fact]
    public async Task An_issue_that_meets_another_waits_with_a_reason_and_starts_after_the_merge()
    {
        var ending = await Night;
        var waits = ending.Item("b");
        var merge = ending.Journal.Single(l => l is { Method: "PUT", Status: 200 } && l.Path.EndsWith("/merge", StringComparison.Ordinal));

        Assert.Equal("waits", waits.Placement);
        Assert.Equal([ending.Issues["a1"]], waits.WaitsOn.Select(w => w.Value));
        Assert.Contains($"#{ending.Issues["a1"]}", waits.Reason, StringComparison.Ordinal);
        Assert.EndsWith($"/pulls/{ending.Item("a1").Pull}/merge", merge.Path, StringComparison.Ordinal);
        Assert.True(waits.AgentStarted > merge.At, $"{waits.AgentStarted} is before the merge at {merge.At}");
    }

    [Fact]
    public async Task An_issue_with_a_persons_pull_request_is_not_run_and_answered_with_its_number()
    {
        var ending = await Night;
        var taken = ending.Item("c");

        Assert.Equal(("taken", "superseded", 0), (taken.Placement, taken.State, taken.ImplementJobs));
        Assert.Contains($"#{ending.Rivals["c"]}", Assert.Single(ending.Answers("c")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contract_that_cannot_be_met_is_not_run_and_answered_with_the_exact_fix()
    {
        var ending = await Night;
        var refused = ending.Item("d");
        var answer = Assert.Single(ending.Answers("d"));

        Assert.Equal(("refused", "parked", 0), (refused.Placement, refused.State, refused.ImplementJobs));
        Assert.Contains("Name_that_does_not_exist", answer, StringComparison.Ordinal);
        Assert.Contains("tests: [Name_that_does_not_exist]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stub_and_a_test_nobody_asked_for_are_refused_with_file_and_line_and_the_second_attempt_passes()
    {
        var ending = await Night;
        var refused = ending.Item("e");

        Assert.Equal((2, 0, "ready"), (refused.Attempts, refused.Rounds, refused.State));
        Assert.All(refused.Gates, g => Assert.Equal((0, 1), (g.Round, g.Attempt)));
        Assert.Contains(refused.Gates, g => g is { File: "core/Contracts/Glob.cs", Line: > 0 });
        Assert.Contains(refused.Gates, g => g is { File: "tests/Core.Tests/Contracts/GlobLetterTests.cs", Line: > 0 });
        Assert.Equal(1, Commits(ending, "e"));
    }

    [Fact]
    public async Task A_planted_defect_is_sent_back_fixed_in_one_more_commit_and_approved_on_the_new_head()
    {
        var ending = await Night;
        var reviews = ending.ReviewsOf("f");

        Assert.Equal(["CHANGES_REQUESTED", "APPROVED"], reviews.Select(r => r["state"]!.GetValue<string>()));
        Assert.Contains("core/Planning/Widths.cs", reviews[0]["body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual(reviews[0]["commit_id"]!.GetValue<string>(), reviews[1]["commit_id"]!.GetValue<string>());
        Assert.Equal(ending.PullOf("f")["head"]!["sha"]!.GetValue<string>(), reviews[1]["commit_id"]!.GetValue<string>());
        Assert.Equal(2, Commits(ending, "f"));
        Assert.Equal(1, ending.Item("f").Rounds);
    }

    [Fact]
    public async Task The_reviewer_speaks_as_another_App_than_the_author()
    {
        var ending = await Night;

        Assert.NotEqual(ending.AuthorLogin, ending.ReviewerLogin);
        foreach (var pull in ending.Pulls)
        {
            Assert.Equal(ending.AuthorLogin, ending.PullDetails[pull]["user"]!["login"]!.GetValue<string>());
            Assert.All(ending.Reviews[pull], r => Assert.Equal(ending.ReviewerLogin, r["user"]!["login"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Each_issue_has_at_most_one_pull_request_and_what_passed_is_no_draft()
    {
        var ending = await Night;

        Assert.Equal(5, ending.Pulls.Count);
        Assert.Equal(5, new[] { "a1", "a2", "b", "e", "f" }.Select(k => ending.Item(k).Pull).Distinct().Count());
        Assert.All(ending.Pulls, p => Assert.False(ending.PullDetails[p]["draft"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task The_wave_has_one_status_comment_edited_in_place()
    {
        var ending = await Night;
        var first = ending.Issues["a1"];
        var statuses = ending.Journal.Where(l => l.Made && l.Path.EndsWith($"/issues/{first}/comments", StringComparison.Ordinal) && l.Actor.AppId is not null);

        Assert.Single(statuses);
        Assert.Contains(ending.Journal, l => l is { Method: "PATCH", Status: 200 } && Regex.IsMatch(l.Path, "/issues/comments/[0-9]+$"));
    }

    private static int Commits(Ending ending, string key) => ending.PullOf(key)["commits"]!.GetValue<int>();
}
