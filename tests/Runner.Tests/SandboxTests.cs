using Muster.Runner.Processes;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Tests;

public sealed class SandboxTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Nobody_in_a_sandbox_is_root()
    {
        var end = await _home.ShellAsync("id -u");

        Assert.True(end.Succeeded, Why(end));
        Assert.Equal(_home.User.Uid.ToString(), end.Output.ToText().Trim());
        Assert.NotEqual("0", end.Output.ToText().Trim());
    }

    [Fact]
    public async Task The_network_is_shut_but_for_loopback()
    {
        var end = await _home.ShellAsync("cat /proc/net/dev | tail -n +3 | cut -d: -f1");

        Assert.Equal("lo", end.Output.ToText().Trim());
    }

    [Fact]
    public async Task Localhost_has_an_address()
    {
        var end = await _home.ShellAsync("getent hosts localhost && getent hosts muster");

        Assert.True(end.Succeeded, Why(end));
    }

    [Fact]
    public async Task Only_named_folders_can_be_written()
    {
        var mine = _home.OwnFolder("mine");

        var end = await _home.ShellAsync($"touch {mine}/yes; touch /no /usr/no /etc/no {_home.Home.Jobs}/no 2>/dev/null; ls -a /", mine);

        Assert.True(File.Exists(Path.Combine(mine, "yes")), Why(end));
        Assert.DoesNotContain("no\n", end.Output.ToText(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_home.Home.Jobs, "no")));
    }

    [Fact]
    public async Task The_folder_of_another_job_is_not_there()
    {
        var mine = _home.OwnFolder("mine");
        var other = _home.OwnFolder("other");
        await File.WriteAllTextAsync(Path.Combine(other, "secret"), "xyzzy");

        var end = await _home.ShellAsync($"cat {other}/secret; ls -R {_home.Folder}", mine);

        Assert.DoesNotContain("xyzzy", end.Output.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("other", end.Output.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_is_what_the_spec_says_and_nothing_else()
    {
        var end = await _home.ShellAsync("env | cut -d= -f1 | sort");

        Assert.Equal(["HOME", "LANG", "PATH", "PWD", "TMPDIR"], end.Output.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Processes_of_the_host_are_unseen()
    {
        var end = await _home.ShellAsync("ls /proc | grep -c '^[0-9]'");

        Assert.InRange(int.Parse(end.Output.ToText()), 1, 6);
    }

    [Fact]
    public async Task No_further_user_namespace_can_be_made()
    {
        var end = await _home.ShellAsync("unshare --user true && echo made");

        Assert.Empty(end.Output.ToText());
    }

    [Theory]
    [InlineData("sleep {0} & ")]
    [InlineData("setsid sleep {0} & ")]
    [InlineData("(setsid sh -c 'sleep {0} &' &) ")]
    [InlineData("setsid nohup sh -c 'trap \"\" TERM HUP INT; setsid sleep {0} & sleep {0}' >/dev/null 2>&1 </dev/null & ")]
    public async Task A_daemon_does_not_outlive_its_sandbox(string leave)
    {
        var mark = Mark();

        var end = await _home.ShellAsync(string.Format(leave, mark) + "\nuntil grep -qs " + mark + " /proc/[0-9]*/cmdline; do :; done; echo left");

        Assert.Equal("left", end.Output.ToText().Trim());
        Assert.Empty(ProcessTable.WithArgument(mark));
    }

    [Fact]
    public async Task A_killed_sandbox_leaves_nothing()
    {
        var mark = Mark();
        var spec = new SandboxSpec("/bin/sh", ["-c", $"trap '' TERM; (setsid sleep {mark} &); sleep {mark}"])
        {
            WorkingDirectory = "/tmp",
            Environment = SandboxEnvironment.For("/tmp"),
        };
        await using var run = await _home.Sandboxes.StartAsync(spec, _home.User);
        while (ProcessTable.WithArgument(mark).Count() < 3)
            await Task.Yield();

        run.Kill();
        await run.Completion;

        Assert.Empty(ProcessTable.WithArgument(mark));
    }

    [Fact]
    public async Task A_flood_is_counted_and_bounded()
    {
        var spec = new SandboxSpec("/bin/sh", ["-c", "head -c 50000000 /dev/zero; echo end"])
        {
            WorkingDirectory = "/tmp",
            Environment = SandboxEnvironment.For("/tmp"),
            OutputLimit = 100_000,
        };

        var end = await _home.Sandboxes.RunAsync(spec, _home.User, TimeSpan.FromSeconds(60), CancellationToken.None);

        Assert.Equal(50_000_004, end!.Output.Total);
        Assert.InRange(end.Output.ToBytes().Length, 1, 100_000);
        Assert.EndsWith("end\n", end.Output.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_no_fault_of_the_host()
    {
        var spec = new SandboxSpec("/nowhere/agent", []) { WorkingDirectory = "/tmp", Environment = SandboxEnvironment.For("/tmp") };

        var end = await _home.Sandboxes.RunAsync(spec, _home.User, TimeSpan.FromSeconds(60), CancellationToken.None);

        Assert.True(end!.Started);
        Assert.NotEqual(0, end.ExitCode);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_means_that_no_sandbox_stands()
    {
        var spec = new SandboxSpec("/bin/true", [])
        {
            WorkingDirectory = "/tmp",
            Environment = SandboxEnvironment.For("/tmp"),
            Readable = ["/nowhere/at/all"],
        };

        var end = await _home.Sandboxes.RunAsync(spec, _home.User, TimeSpan.FromSeconds(60), CancellationToken.None);

        Assert.False(end!.Started);
    }

    // A duration nobody else sleeps for.
    private static string Mark() => "9" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999).ToString();

    private static string Why(SandboxEnd end) => $"exit {end.ExitCode}, started {end.Started}: {end.Errors.ToText()}";
}
