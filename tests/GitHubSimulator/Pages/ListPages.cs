using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Pages;

internal static class ListPages
{
    public static Html Repositories(World world) => Layout.Page("GitHub simulator", Html.Of($"""
        <h1>Repositories</h1>
        <p class="dim">A GitHub in one process, for tests and the demo. Everything here is gone when it stops.</p>
        <table>{Html.Join(world.Repositories.Select(Row))}</table>
        """));

    public static Html Repository(Repository repository)
    {
        var open = repository.Issues.Values.Where(i => i.Open).OrderByDescending(i => i.Number).ToList();
        var branches = repository.Refs.Where(r => r.Key.StartsWith("refs/heads/", StringComparison.Ordinal)).OrderBy(r => r.Key, StringComparer.Ordinal);
        return Layout.Page(repository.FullName, Html.Of($"""
            <nav><a href="/">all</a></nav>
            <h1>{repository.FullName}</h1>
            <p><a href="/{repository.FullName}/issues">all issues and pull requests</a></p>
            <h2>Open pull requests</h2>{Table(repository, open.Where(i => i.Pull is not null))}
            <h2>Open issues</h2>{Table(repository, open.Where(i => i.Pull is null))}
            <h2>Branches</h2>
            <table>{Html.Join(branches.Select(b => Html.Of($"<tr><td>{b.Key["refs/heads/".Length..]}</td><td><code>{b.Value[..10]}</code></td></tr>")))}</table>
            """));
    }

    public static Html Issues(Repository repository) => Layout.Page($"Issues of {repository.FullName}", Html.Of($"""
        <nav><a href="/{repository.FullName}">{repository.FullName}</a></nav>
        <h1>Issues and pull requests</h1>
        {Table(repository, repository.Issues.Values.Reverse())}
        """));

    public static Html State(Issue issue) => issue.Pull switch
    {
        { Merged: true } => Layout.Tag("merged", "merged"),
        { Draft: true } when issue.Open => Layout.Tag("draft", "draft"),
        _ => Layout.Tag(issue.State, issue.State),
    };

    public static Html Labels(Issue issue) => Html.Join(issue.Labels.Select(l => Layout.Tag(l.Name)));

    private static Html Row(Repository repository) => Html.Of($"""
        <tr><td><a href="/{repository.FullName}">{repository.FullName}</a></td>
        <td>{repository.Issues.Values.Count(i => i.Open && i.Pull is null)} open issues</td>
        <td>{repository.Pulls.Count(p => p.Issue.Open)} open pull requests</td></tr>
        """);

    private static Html Table(Repository repository, IEnumerable<Issue> issues)
    {
        var rows = issues.Select(i => Html.Of($"""
            <tr><td>{State(i)}</td>
            <td><a href="/{repository.FullName}/{(i.Pull is null ? "issues" : "pull")}/{i.Number}">#{i.Number} {i.Title}</a> {Labels(i)}</td>
            <td class="dim">{i.Author.User.Login}</td></tr>
            """)).ToList();
        return rows.Count == 0 ? Html.Of($"<p class=\"dim\">None.</p>") : Html.Of($"<table>{Html.Join(rows)}</table>");
    }
}
