namespace Muster.App.Tests.Simulator;

/// <summary>Reviews and check runs, with all that GitHub refuses.</summary>
public sealed class ReviewTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Another_app_reviews_and_its_bot_keeps_its_number()
    {
        var (toy, head) = await OpenAsync();
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        var first = await ReviewAsync(toy, judge, "REQUEST_CHANGES", "This breaks.", head, ("lines.txt", 20, "RIGHT"));
        Assert.Equal((200, "CHANGES_REQUESTED"), (first.Status, first.Text("state")));
        Assert.Equal(("judge[bot]", "Bot"), (first["user"]["login"]!.GetValue<string>(), first["user"]["type"]!.GetValue<string>()));
        Assert.Equal(head, first.Text("commit_id"));
        var second = await ReviewAsync(toy, await toy.AppTokenAsync(SimulatorFixture.Judge), "APPROVE", "", head);
        Assert.Equal((200, "APPROVED"), (second.Status, second.Text("state")));
        Assert.Equal(first["user"]["id"]!.GetValue<long>(), second["user"]["id"]!.GetValue<long>());
        Assert.Equal(2, (await toy.GetAsync("/pulls/1/reviews", judge)).Items().Count);
        var comment = Assert.Single((await toy.GetAsync("/pulls/1/comments", judge)).Items());
        Assert.Equal("lines.txt 20 RIGHT", $"{comment["path"]} {comment["line"]} {comment["side"]}");
        Assert.EndsWith("+twenty", comment["diff_hunk"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(404, (await toy.GetAsync("/pulls/9/reviews", judge)).Status);
    }

    [Theory]
    [InlineData("APPROVE", "Can not approve your own pull request")]
    [InlineData("REQUEST_CHANGES", "Can not request changes on your own pull request")]
    public async Task Nobody_judges_his_own_pull_request(string verdict, string said)
    {
        var (toy, head) = await OpenAsync();
        // Another token of the same App is the same user.
        var answer = await ReviewAsync(toy, await toy.AppTokenAsync(), verdict, "Fine by me.", head);
        Assert.Equal((422, "Unprocessable Entity"), (answer.Status, answer.Message));
        Assert.Contains(said, answer.Errors, StringComparison.Ordinal);
        Assert.Equal(200, (await ReviewAsync(toy, await toy.AppTokenAsync(), "COMMENT", "A remark.", head)).Status);
    }

    [Theory]
    [InlineData("REQUEST_CHANGES")]
    [InlineData("COMMENT")]
    public async Task A_verdict_without_a_word_is_refused(string verdict)
    {
        var (toy, head) = await OpenAsync();
        Assert.Equal(422, (await ReviewAsync(toy, await toy.AppTokenAsync(SimulatorFixture.Judge), verdict, "", head)).Status);
    }

    [Theory]
    [InlineData("lines.txt", 2, "RIGHT")]
    [InlineData("lines.txt", 400, "RIGHT")]
    [InlineData("lines.txt", 40, "LEFT")]
    [InlineData("other.txt", 1, "RIGHT")]
    public async Task One_line_outside_the_diff_refuses_the_whole_review(string path, int line, string side)
    {
        var (toy, head) = await OpenAsync();
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        var answer = await ReviewAsync(toy, judge, "COMMENT", "Look.", head, ("lines.txt", 20, "RIGHT"), (path, line, side));
        Assert.Equal(422, answer.Status);
        Assert.Empty((await toy.GetAsync("/pulls/1/reviews", judge)).Items());
        Assert.Empty((await toy.GetAsync("/pulls/1/comments", judge)).Items());
    }

    [Theory]
    [InlineData(17, "RIGHT")]
    [InlineData(23, "LEFT")]
    [InlineData(20, "LEFT")]
    [InlineData(20, "RIGHT")]
    public async Task Lines_shown_in_the_diff_take_comments_on_their_side(int line, string side)
    {
        var (toy, head) = await OpenAsync();
        var answer = await ReviewAsync(toy, await toy.AppTokenAsync(SimulatorFixture.Judge), "COMMENT", "", head, ("lines.txt", line, side));
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task A_review_stays_pinned_to_the_commit_it_was_written_on()
    {
        var (toy, head) = await OpenAsync();
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        await toy.PushAsync("work/1", "lines.txt", Toy.Lines(twenty: "XX"), "origin/work/1");
        var answer = await ReviewAsync(toy, judge, "COMMENT", "On the old one.", head, ("lines.txt", 20, "RIGHT"));
        Assert.Equal(head, answer.Text("commit_id"));
        Assert.Null(Assert.Single((await toy.GetAsync("/pulls/1/comments", judge)).Items())["line"]);
        Assert.Equal(422, (await ReviewAsync(toy, judge, "COMMENT", "Nowhere.", new string('a', 40))).Status);
    }

    [Fact]
    public async Task A_blocking_review_can_be_dismissed_with_a_reason()
    {
        var (toy, head) = await OpenAsync();
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        var id = (await ReviewAsync(toy, judge, "REQUEST_CHANGES", "No.", head))["id"];
        Assert.Equal(422, (await toy.PutAsync($"/pulls/1/reviews/{id}/dismissals", judge, new { })).Status);
        var gone = await toy.PutAsync($"/pulls/1/reviews/{id}/dismissals", judge, new { message = "Fixed." });
        Assert.Equal((200, "DISMISSED"), (gone.Status, gone.Text("state")));
        Assert.Equal(403, (await toy.PutAsync($"/pulls/1/reviews/{id}/dismissals", github.Token("rea"), new { message = "x" })).Status);
    }

    [Fact]
    public async Task A_review_without_an_event_waits_unseen_until_it_is_submitted()
    {
        var (toy, head) = await OpenAsync();
        var judge = await toy.AppTokenAsync(SimulatorFixture.Judge);
        var pending = await toy.PostAsync("/pulls/1/reviews", judge, new { body = "Draft.", commit_id = head });
        Assert.Equal("PENDING", pending.Text("state"));
        Assert.Empty((await toy.GetAsync("/pulls/1/reviews", github.Token("ann"))).Items());
        var sent = await toy.PostAsync($"/pulls/1/reviews/{pending["id"]}/events", judge, new { @event = "APPROVE" });
        Assert.Equal("APPROVED", sent.Text("state"));
        Assert.Single((await toy.GetAsync("/pulls/1/reviews", github.Token("ann"))).Items());
    }

    [Fact]
    public async Task Check_runs_are_made_and_changed_by_their_app_alone()
    {
        var (toy, head) = await OpenAsync();
        var (author, judge) = (await toy.AppTokenAsync(), await toy.AppTokenAsync(SimulatorFixture.Judge));
        Assert.Equal(403, (await toy.PostAsync("/check-runs", github.Token("ann"), new { name = "x", head_sha = head })).Status);
        var made = await toy.PostAsync("/check-runs", judge, new { name = "muster/verdict", head_sha = head, status = "in_progress" });
        Assert.Equal((201, "judge"), (made.Status, made["app"]["slug"]!.GetValue<string>()));
        Assert.Equal(1, made["pull_requests"][0]!["number"]!.GetValue<int>());
        var done = new { conclusion = "success", output = new { title = "Passed", summary = "All good." } };
        Assert.Equal(403, (await toy.PatchAsync($"/check-runs/{made["id"]}", author, done)).Status);
        Assert.Equal("completed", (await toy.PatchAsync($"/check-runs/{made["id"]}", judge, done)).Text("status"));
        Assert.Equal(1, await CountAsync(toy, $"/commits/{head}/check-runs?check_name=muster/verdict&app_id={SimulatorFixture.Judge}"));
        Assert.Equal(0, await CountAsync(toy, $"/commits/{head}/check-runs?app_id={SimulatorFixture.Author}"));
        Assert.Equal(1, await CountAsync(toy, "/commits/work%2F1/check-runs"));
        Assert.Equal(422, (await toy.PostAsync("/check-runs", judge, new { name = "x", head_sha = new string('a', 40) })).Status);
    }

    [Theory]
    [InlineData(50, 10, 201)]
    [InlineData(51, 10, 422)]
    [InlineData(0, 65_535, 201)]
    [InlineData(0, 65_536, 422)]
    public async Task Check_runs_have_limits(int annotations, int summary, int status)
    {
        var (toy, head) = await OpenAsync();
        var answer = await toy.PostAsync("/check-runs", await toy.AppTokenAsync(), new
        {
            name = "limits",
            head_sha = head,
            output = new
            {
                title = "t",
                summary = new string('x', summary),
                annotations = Enumerable.Repeat(new { path = "lines.txt", start_line = 1, end_line = 1, annotation_level = "notice", message = "m" }, annotations),
            },
        });
        Assert.Equal(status, answer.Status);
    }

    private async Task<(Toy Toy, string Head)> OpenAsync()
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        Assert.Equal(201, (await toy.PullAsync(await toy.AppTokenAsync())).Status);
        return (toy, head);
    }

    private static Task<Answer> ReviewAsync(
        Toy toy, string token, string verdict, string body, string head, params (string Path, int Line, string Side)[] comments) =>
        toy.PostAsync("/pulls/1/reviews", token, new
        {
            @event = verdict,
            body,
            commit_id = head,
            comments = comments.Select(c => new { path = c.Path, line = c.Line, side = c.Side, body = "here" }),
        });

    private async Task<int> CountAsync(Toy toy, string path) =>
        (await toy.GetAsync(path, github.Token("ann")))["total_count"].GetValue<int>();
}
