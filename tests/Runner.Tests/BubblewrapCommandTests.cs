using Muster.Runner.Sandbox;

namespace Muster.Runner.Tests;

public sealed class BubblewrapCommandTests
{
    private static readonly SandboxSpec Spec = new("/opt/agent", ["--json"])
    {
        WorkingDirectory = "/job/work",
        Environment = new Dictionary<string, string> { ["HOME"] = "/job/home" },
        Readable = ["/opt/agent"],
        Writable = ["/job/work"],
    };

    [Fact]
    public void The_walls_are_always_there()
    {
        var words = Write(new SlotUser(20001, 20001, Switched: true));

        Assert.Equal(
            ["setpriv", "--reuid=20001", "--regid=20001", "--clear-groups", "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL", "--new-session", "--die-with-parent"],
            words.Skip(5).Take(12));
        Assert.Contains("--clearenv", words);
        Assert.DoesNotContain("--share-net", words);
        Assert.Equal(["--", "/opt/agent", "--json"], words.TakeLast(3));
    }

    [Fact]
    public void A_runner_that_is_not_root_does_not_try_to_be_somebody_else() =>
        Assert.DoesNotContain("setpriv", Write(new SlotUser(1000, 1000, Switched: false)));

    [Fact]
    public void What_is_read_comes_from_where_it_was_staged()
    {
        var words = string.Join(' ', Write(new SlotUser(20001, 20001, Switched: true)));

        Assert.Contains("--ro-bind /staged/opt/agent /opt/agent", words, StringComparison.Ordinal);
        Assert.Contains("--bind /staged/job/work /job/work", words, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_is_asked_for_than_the_host_allows() =>
        Assert.Equal(new ResourceLimits(3800, 16384, 8L << 30), ResourceLimits.Default.Within(new ResourceLimits(3800, 20000, long.MaxValue)));

    private static IReadOnlyList<string> Write(SlotUser user) => BubblewrapCommand.Write(
        Spec, user, new SystemFolders(["/usr"], [("/bin", "usr/bin")]), ResourceLimits.Default, path => "/staged" + path, new UserFiles("/p", "/g", "/h"));
}
