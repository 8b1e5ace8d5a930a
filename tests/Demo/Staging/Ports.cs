using System.Net;
using System.Net.Sockets;

namespace Muster.Demo.Staging;

/// <summary>Free ports on loopback, so that a process can be started again where it was.</summary>
public static class Ports
{
    // Below the range that outgoing connections take theirs from: nobody gets it by chance between asking and listening.
    public const int Lowest = 20000;
    private const int Highest = 32000;

    public static int Free()
    {
        for (var i = 0; i < 100; i++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new StageException($"No free port on 127.0.0.1 between {Lowest} and {Highest}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
