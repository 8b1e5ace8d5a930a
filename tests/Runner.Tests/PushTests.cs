using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Runner.Tests;

public sealed class PushTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync()
    {
        _runner = await RunnerUnderTest.MakeAsync();
        _runner.Agent("implement", "echo three > src/three.txt");
    }

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task A_branch_that_somebody_else_holds_is_not_overwritten()
    {
        var theirs = _runner.Origin.Commit("muster/12/1", _runner.Origin.Main, ("x.txt", "x\n"));
        _runner.App.OnPush = r => new PushAnswer(r.RemoteSeen is null, "The branch is not ours.", AppDouble.PushToken, null);

        var rejected = await _runner.OnceAsync<JobReport.PushRejected>(_runner.Order());

        Assert.Equal((CommitSha?)theirs, rejected.Remote);
        Assert.Equal(theirs.Value, _runner.Origin.Branch("muster/12/1"));
    }

    [Fact]
    public async Task The_trailer_in_the_way_is_reported_and_one_guarded_replacement_may_follow()
    {
        var older = _runner.Origin.Commit("muster/12/1", _runner.Origin.Main, ("x.txt", "x\n"));
        _runner.App.OnPush = r => new PushAnswer(true, null, AppDouble.PushToken, r.RemoteSeen);

        var done = await _runner.OnceAsync<JobReport.Implemented>(_runner.Order());

        Assert.Equal([null, older], _runner.App.Pushes.Select(p => p.RemoteSeen));
        Assert.Equal([null, "1.1"], _runner.App.Pushes.Select(p => p.RemoteTrailer));
        Assert.Equal(done.Head.Value, _runner.Origin.Branch("muster/12/1"));
    }

    [Fact]
    public async Task It_asks_again_only_once()
    {
        _runner.Origin.Commit("muster/12/1", _runner.Origin.Main, ("x.txt", "x\n"));

        await _runner.OnceAsync<JobReport.PushRejected>(_runner.Order());

        Assert.Equal(2, _runner.App.Pushes.Count);
    }

    [Fact]
    public async Task A_push_that_the_app_forbids_does_not_happen()
    {
        _runner.App.OnPush = _ => new PushAnswer(false, "Everything is frozen.", null, null);

        var rejected = await _runner.OnceAsync<JobReport.PushRejected>(_runner.Order());

        Assert.Equal("Everything is frozen.", rejected.What);
        Assert.Null(_runner.Origin.Branch("muster/12/1"));
    }
}
