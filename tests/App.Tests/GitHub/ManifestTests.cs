using Muster.App.GitHub;
using Muster.App.Setup;
using Muster.App.Webhooks;
using YamlDotNet.RepresentationModel;

namespace Muster.App.Tests.GitHub;

public sealed class ManifestTests
{
    private static readonly Act[] Reviewing = [Act.Review, Act.Check];
    private readonly YamlMappingNode author = Document(0);
    private readonly YamlMappingNode reviewer = Document(1);

    [Fact]
    public void The_author_subscribes_to_what_is_handled_and_to_nothing_more() =>
        Assert.Equal(HandledEvents.Subscribed.Order(StringComparer.Ordinal), Events(author).Order(StringComparer.Ordinal));

    [Fact]
    public void The_reviewer_listens_to_nothing() => Assert.Empty(Events(reviewer));

    [Fact]
    public void The_author_asks_for_what_its_acts_need_and_for_nothing_more() =>
        Assert.Equal(Needed(Enum.GetValues<Act>()), Permissions(author));

    [Fact]
    public void The_reviewer_asks_for_what_its_acts_need_and_for_nothing_more() =>
        Assert.Equal(Needed(Reviewing), Permissions(reviewer));

    [Fact]
    public void What_the_app_itself_registers_is_what_stands_in_the_file()
    {
        foreach (var (identity, file) in new[] { (GitHubIdentity.Author, author), (GitHubIdentity.Reviewer, reviewer) })
        {
            var manifest = AppManifest.Of(identity);
            Assert.Equal(Permissions(file), new SortedDictionary<string, string>(manifest.Permissions.ToDictionary()));
            Assert.Equal(Events(file), manifest.Events);
            Assert.Equal(manifest.Events.Count > 0, manifest.Listens);
        }
    }

    [Fact]
    public void Each_permission_and_event_has_its_reason_in_words()
    {
        foreach (var identity in Enum.GetValues<GitHubIdentity>())
        {
            Assert.All(AppManifest.Of(identity).Permissions.Keys, permission => Assert.NotNull(PermissionWords.Of(identity, permission)));
            Assert.All(AppManifest.Of(identity).Events, name => Assert.NotNull(PermissionWords.OfEvent(name)));
        }
    }

    // Metadata is what GitHub gives to every App, asked or not.
    private static SortedDictionary<string, string> Needed(IEnumerable<Act> acts) => new(
        acts.SelectMany(ActPermissions.Of).Append(new("metadata", "read")).GroupBy(p => p.Key).ToDictionary(
            same => same.Key, same => same.Any(p => p.Value == "write") ? "write" : "read"));

    private static SortedDictionary<string, string> Permissions(YamlMappingNode app) => new(
        ((YamlMappingNode)app["default_permissions"]).ToDictionary(p => p.Key.ToString(), p => p.Value.ToString()));

    private static IEnumerable<string> Events(YamlMappingNode app) => ((YamlSequenceNode)app["default_events"]).Select(name => name.ToString());

    private static YamlMappingNode Document(int number)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "app.yml")))
            folder = folder.Parent ?? throw new FileNotFoundException("app.yml stands in no folder above the tests");
        using var file = File.OpenText(Path.Combine(folder.FullName, "app.yml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[number].RootNode;
    }
}
