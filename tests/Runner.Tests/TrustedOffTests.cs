using Muster.Core.Wire;
using Muster.Runner.Processes;

namespace Muster.Runner.Tests;

/// <summary>The sandbox switched off by the operator, for repositories that are private.</summary>
public sealed class TrustedOffTests : IAsyncLifetime
{
    // Seen in a sandbox as "muster", outside as whatever the host is called.
    private const string WhereAmI = "hostname > where.txt";

    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync()
    {
        _runner = await RunnerUnderTest.MakeAsync();
        _runner.Settings["Muster__Sandbox"] = "trusted-off";
        // Nothing is bound anywhere without a sandbox, so the way to the home must be open.
        File.SetUnixFileMode(_runner.Folder, (UnixFileMode)0b111_001_001);
    }

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task A_private_repository_runs_without_a_sandbox()
    {
        _runner.Agent("implement", WhereAmI);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Public = false }));

        Assert.NotEqual("muster", _runner.Origin.Git("show", $"{done.Head}:where.txt"));
    }

    [Fact]
    public async Task A_public_repository_is_sandboxed_all_the_same()
    {
        _runner.Agent("implement", WhereAmI);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal("muster", _runner.Origin.Git("show", $"{done.Head}:where.txt"));
    }

    [Fact]
    public async Task Nobody_is_root_and_what_is_left_running_is_ended()
    {
        var mark = "7" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999);
        _runner.Agent("implement", $"(setsid sh -c 'setsid sleep {mark} & sleep {mark}' >/dev/null 2>&1 &)\nid -u > uid.txt");

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order(o => o with { Public = false }));

        Assert.NotEqual("0", _runner.Origin.Git("show", $"{done.Head}:uid.txt"));
        Assert.Empty(ProcessTable.WithArgument(mark));
    }
}
