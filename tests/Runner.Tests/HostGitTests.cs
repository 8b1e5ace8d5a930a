using System.Net;
using System.Net.Sockets;
using Muster.Runner.Processes;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Tests;

public sealed class HostGitTests : IDisposable
{
    private readonly TempHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_call_that_is_given_up_leaves_no_helper_that_carries_it_on()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://{silent.LocalEndpoint}/{Guid.NewGuid():N}.git";
        var repository = Path.Combine(_home.Folder, "r.git");
        BareRepository.Write(repository);
        using var stop = new CancellationTokenSource();

        var asking = new HostGit(_home.Home).TryAsync(repository, ["ls-remote", address], null, stop.Token);
        using var held = await silent.AcceptTcpClientAsync();
        Assert.NotEmpty(ProcessTable.WithArgument(address));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        var patience = Task.Delay(TimeSpan.FromSeconds(10));
        while (ProcessTable.WithArgument(address).Any() && !patience.IsCompleted)
            await Task.Yield();
        Assert.Empty(ProcessTable.WithArgument(address));
    }
}
