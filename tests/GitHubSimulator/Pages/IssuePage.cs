using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Pages;

/// <summary>One issue, or the conversation of a pull request.</summary>
internal static class IssuePage
{
    public static Html Render(Repository repository, Issue issue) => Layout.Page(
        $"#{issue.Number} {issue.Title}", Html.Of($"{Top(repository, issue)}{Conversation(issue)}"));

    public static Html Top(Repository repository, Issue issue) => Html.Of($"""
        <nav><a href="/{repository.FullName}">{repository.FullName}</a> / <a href="/{repository.FullName}/issues">issues</a></nav>
        <h1>{issue.Title} <span class="dim">#{issue.Number}</span></h1>
        <p>{ListPages.State(issue)}{(issue.StateReason is null ? Html.Empty : Layout.Tag(issue.StateReason))}{ListPages.Labels(issue)}</p>
        {Layout.Box(Html.Of($"<b>{issue.Author.User.Login}</b> opened this <span class=\"dim\">{issue.CreatedAt}</span>"), issue.Body)}
        """);

    public static Html Conversation(Issue issue)
    {
        var comments = issue.Comments.ToDictionary(c => c.Id);
        return Html.Join(issue.Timeline.Select(t => t.Event == "commented" && comments.TryGetValue(t.Id, out var comment)
            ? Layout.Box(
                Html.Of($"<b>{comment.Author.User.Login}</b> <span class=\"dim\">{comment.CreatedAt}</span> {Reactions(comment.Reactions)}"),
                comment.Body)
            : Html.Of($"<p class=\"dim\">{t.At} <b>{t.By.User.Login}</b> {t.Event} {Subject(t)}</p>")));
    }

    private static Html Reactions(IEnumerable<Reaction> reactions) => Html.Join(reactions.Select(r => Layout.Tag(r.Content)));

    private static Html Subject(TimelineEntry entry)
    {
        if (entry.Event is not ("labeled" or "unlabeled" or "cross-referenced"))
            return Html.Empty;
        var details = entry.Details();
        return entry.Event == "cross-referenced"
            ? Html.Of($"in <a href=\"{details["source"]!["issue"]!["html_url"]}\">#{details["source"]!["issue"]!["number"]}</a>")
            : Layout.Tag(details["label"]!["name"]!.GetValue<string>());
    }
}
