namespace Muster.Runner.Sandbox;

/// <summary>What every sandbox sees of the host: programs and libraries, and the few files of /etc that they need.</summary>
/// <param name="Links">Path to target, for hosts whose /bin is a link into /usr.</param>
public sealed record SystemFolders(IReadOnlyList<string> Folders, IReadOnlyList<(string Path, string Target)> Links)
{
    private static readonly string[] Roots = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

    private static readonly string[] Settings =
    [
        "/etc/alternatives", "/etc/ca-certificates", "/etc/dotnet", "/etc/ld.so.cache", "/etc/ld.so.conf",
        "/etc/ld.so.conf.d", "/etc/localtime", "/etc/mime.types", "/etc/nsswitch.conf", "/etc/os-release",
        "/etc/pki/tls/certs", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/timezone",
    ];

    public static SystemFolders Discover()
    {
        var links = new List<(string, string)>();
        var folders = new List<string>();
        foreach (var root in Roots.Where(Directory.Exists))
        {
            if (new DirectoryInfo(root).LinkTarget is { } target)
                links.Add((root, target));
            else
                folders.Add(root);
        }

        folders.AddRange(Settings.Where(path => File.Exists(path) || Directory.Exists(path)));
        return new SystemFolders(folders, links);
    }
}
