using System.Collections.Frozen;

namespace Muster.App.Webhooks;

/// <summary>The events that mean something here; <c>app.yml</c> subscribes to the same. All others are dropped unread.</summary>
public static class HandledEvents
{
    /// <summary>What an App has to subscribe to.</summary>
    public static IReadOnlySet<string> Subscribed { get; } = FrozenSet.Create(
        "issues", "issue_comment", "pull_request", "delete", "repository");

    /// <summary>What GitHub sends to every App, asked or not.</summary>
    public static IReadOnlySet<string> Always { get; } = FrozenSet.Create("ping", "installation", "installation_repositories");

    public static bool Contains(string name) => Subscribed.Contains(name) || Always.Contains(name);
}
