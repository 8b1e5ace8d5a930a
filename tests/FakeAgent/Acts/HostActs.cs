using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace FakeAgent.Acts;

/// <summary>What an agent tries on its host.</summary>
internal static class HostActs
{
    public static async Task<int?> CommitAsync(Act act, Stage stage)
    {
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=Fake Agent", "-c", "user.email=agent@example.invalid", "commit", "-q", "-m", act.Text("message", "Work"));
        return null;
    }

    /// <summary>Names only: a test looks for what should not be there.</summary>
    public static void ReadEnvironment(Act act) =>
        Console.WriteLine("env: " + string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)));

    public static async Task<int?> NetworkAsync(Act act, Stage stage)
    {
        foreach (var host in act.Texts("hosts"))
            Console.WriteLine($"network {host}: {await TryAsync(host)}");
        return null;
    }

    private static async Task<string> TryAsync(string host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        using var client = new TcpClient();
        try
        {
            var colon = host.LastIndexOf(':');
            await client.ConnectAsync(host[..colon], int.Parse(host.AsSpan(colon + 1), CultureInfo.InvariantCulture), limit.Token);
            return "reached";
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return "refused";
        }
    }

    private static async Task GitAsync(params IEnumerable<string> arguments)
    {
        using var git = Process.Start("git", arguments);
        await git.WaitForExitAsync();
        if (git.ExitCode != 0)
            throw new ScriptException($"git {string.Join(' ', arguments)} ended with {git.ExitCode}");
    }
}
