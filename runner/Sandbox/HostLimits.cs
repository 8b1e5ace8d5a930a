using System.Globalization;

namespace Muster.Runner.Sandbox;

/// <summary>What the host allows this runner: nobody but root may give a sandbox more.</summary>
public static class HostLimits
{
    /// <summary>A machine with little memory allows fewer processes than we would.</summary>
    public static ResourceLimits Hard { get; } =
        new(ReadHardLimit("Max processes"), ReadHardLimit("Max open files"), ReadHardLimit("Max file size"));

    private static long ReadHardLimit(string name)
    {
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) ?? "";
        var fields = line[Math.Min(name.Length, line.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var hard) ? hard : long.MaxValue;
    }
}
