using System.Globalization;

namespace Muster.Runner.Processes;

/// <summary>One line of the host's process table.</summary>
/// <param name="Started">In clock ticks since boot: with the id it names a process for good.</param>
public sealed record ProcessLine(int Id, char State, int Parent, long Started)
{
    /// <summary>A zombie is dead; only nobody has asked for its exit code yet.</summary>
    public bool IsAlive => State is not ('Z' or 'X');
}

/// <summary>Reads /proc.</summary>
public static class ProcessTable
{
    public static ProcessLine? Find(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // The name, in parentheses, may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessLine(
                id,
                fields[0][0],
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string NameOf(int id) => Read($"/proc/{id}/comm").TrimEnd('\n');

    /// <summary>Every process whose command line has this text in one of its arguments.</summary>
    public static IEnumerable<int> WithArgument(string text) => All().Where(id => Read($"/proc/{id}/cmdline").Contains(text, StringComparison.Ordinal));

    /// <summary>Every process that was started with this variable.</summary>
    public static IEnumerable<int> WithVariable(string name, string value) =>
        All().Where(id => $"\0{Read($"/proc/{id}/environ")}".Contains($"\0{name}={value}\0", StringComparison.Ordinal));

    private static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where name.All(char.IsAsciiDigit)
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
