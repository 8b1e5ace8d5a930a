using System.Reflection;
using Muster.Core.Commands;

namespace Muster.Core.Tests.Commands;

public sealed class CommandHelpTests
{
    private static readonly Type[] Cases =
        [.. typeof(Command).GetNestedTypes(BindingFlags.Public).Where(t => t.IsSubclassOf(typeof(Command)))];

    [Fact]
    public void Every_command_stands_in_the_help_and_nothing_else_does() =>
        Assert.Equal(
            Cases.Where(t => t != typeof(Command.Unknown)).Select(t => t.Name).Order(),
            CommandTable.Entries.Select(e => e.Kind.Name).Distinct().Order());

    [Fact]
    public void The_set_is_closed() => Assert.All(Cases, t => Assert.True(t.IsSealed));

    [Theory, MemberData(nameof(Usages))]
    public void What_the_help_shows_is_understood(string usage, string kind)
    {
        var example = usage
            .Replace("[label:NAME]", "label:x", StringComparison.Ordinal).Replace("A|B|C|D|E|F", "A", StringComparison.Ordinal)
            .Replace("30m|2h|3d", "2h", StringComparison.Ordinal).Replace("#N", "#5", StringComparison.Ordinal)
            .Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

        Assert.Equal(kind, Assert.Single(CommandParser.Parse(example)).GetType().Name);
        Assert.Contains(usage.Replace("|", @"\|", StringComparison.Ordinal), CommandHelp.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Usages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var entry in CommandTable.Entries)
                data.Add(entry.Usage, entry.Kind.Name);
            return data;
        }
    }

    [Fact]
    public void What_works_now_is_exactly_this() =>
        Assert.Equal(
            ["", "all", "plan", "status", "cancel", "retry", "release", "pause", "resume", "help"],
            CommandTable.Entries.Where(e => e.Works).Select(e => e.Name));

    [Fact]
    public void The_rest_says_that_it_comes_later() =>
        Assert.All(CommandTable.Entries, e => Assert.Equal(
            !e.Works,
            CommandHelp.Text.Split('\n').Single(line => line.Contains(e.Says, StringComparison.Ordinal)).Contains("Comes later", StringComparison.Ordinal)));
}
