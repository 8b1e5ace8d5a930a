using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Pages;

/// <summary>One pull request: what was said, what was judged, what it changes.</summary>
internal static class PullPage
{
    public static async Task<Html> RenderAsync(Repository repository, Pull pull)
    {
        var (from, commits) = await repository.RangeOfAsync(pull);
        var files = await repository.Git.DiffAsync(from, pull.HeadSha);
        var checks = repository.CheckRuns.Where(c => pull.Heads.Contains(c.HeadSha));
        return Layout.Page($"#{pull.Number} {pull.Issue.Title}", Html.Of($"""
            {IssuePage.Top(repository, pull.Issue)}
            <p class="dim"><code>{pull.HeadBranch}</code> into <code>{pull.BaseBranch}</code>, head <code>{pull.HeadSha[..10]}</code></p>
            {IssuePage.Conversation(pull.Issue)}
            <h2>Reviews</h2>{Html.Join(pull.Reviews.Where(r => r.SubmittedAt is not null).Select(r => Review(pull, r)))}
            <h2>Checks</h2>{Html.Join(checks.Select(Check))}
            <h2>Commits</h2><table>{Html.Join(commits.Select(Line))}</table>
            <h2>Changes</h2>{Html.Join(files.Select(File))}
            """));
    }

    private static Html Review(Pull pull, Review review)
    {
        var inline = pull.Comments.Where(c => c.Review == review).Select(c => Html.Of(
            $"<div><code>{c.Path}:{c.Line}</code><pre>{c.Body}</pre></div>"));
        return Html.Of($"""
            <section class="box"><header>{Layout.Tag(review.State, review.State)}<b>{review.Author.User.Login}</b>
            <span class="dim">on <code>{review.CommitId[..10]}</code> {review.SubmittedAt}</span></header>
            <pre>{review.Body}</pre>{Html.Join(inline)}</section>
            """);
    }

    private static Html Check(CheckRun check) => Html.Of($"""
        <section class="box"><header>{Layout.Tag(check.Conclusion ?? check.Status, check.Conclusion ?? "")}<b>{check.Name}</b>
        <span class="dim">by {check.App.Slug} on <code>{check.HeadSha[..10]}</code></span></header>
        <pre>{check.Title}
        {check.Summary}</pre></section>
        """);

    private static Html Line(Commit commit) => Html.Of(
        $"<tr><td><code>{commit.Sha[..10]}</code></td><td>{commit.Message.Split('\n')[0]}</td><td class=\"dim\">{commit.Author.Name}</td></tr>");

    private static Html File(DiffFile file) => Html.Of($"""
        <section class="box"><header><b>{file.Path}</b> <span class="dim">{file.Status} +{file.Additions} -{file.Deletions}</span></header>
        <pre>{Html.Join((file.Patch ?? "A binary file.").Split('\n').Select(Patch))}</pre></section>
        """);

    private static Html Patch(string line) => Html.Of(
        $"<span class=\"{line.FirstOrDefault() switch { '+' => "add", '-' => "del", '@' => "hunk", _ => "" }}\">{line}\n</span>");
}
