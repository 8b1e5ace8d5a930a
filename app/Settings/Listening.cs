using System.Net;

namespace Muster.App.Settings;

/// <summary>Where the app will listen, read before it does.</summary>
public static class Listening
{
    /// <summary>The addresses that others than this machine can reach.</summary>
    public static IReadOnlyList<string> BeyondLoopback(IConfiguration configuration) =>
    [
        .. from address in Addresses(configuration)
           where !IsLoopback(Host(address))
           select address,
    ];

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IEnumerable<string> Addresses(IConfiguration configuration)
    {
        var named = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(one => one["Url"]).OfType<string>();
        return named.Concat(Parts(configuration["urls"])).Concat(
            from ports in new[] { configuration["http_ports"], configuration["https_ports"] }
            from port in Parts(ports)
            select $"http://*:{port}");
    }

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // `http://*:80` is no address that a Uri takes; a socket file is nobody else's.
    private static string Host(string address)
    {
        var rest = address[(address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..];
        if (rest.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
            return "localhost";
        var end = rest.StartsWith('[') ? rest.IndexOf(']') + 1 : rest.AsSpan().IndexOfAny(':', '/');
        return end <= 0 ? rest : rest[..end];
    }
}
