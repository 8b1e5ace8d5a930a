using System.Globalization;
using System.Text;
using Muster.Core;

namespace Muster.App.Mirror;

/// <summary>Many objects out of one git process.</summary>
internal static class GitObjects
{
    public static IReadOnlyList<string> Arguments { get; } = ["cat-file", "--batch", "-z"];

    /// <summary>Names end with NUL, so that no path can end one early.</summary>
    public static byte[] Names(IEnumerable<string> names) => Encoding.UTF8.GetBytes(string.Concat(names.Select(name => $"{name}\0")));

    /// <summary>What came, in the order in which it was asked for; null where there is no such file.</summary>
    public static Dictionary<string, byte[]?> Read(byte[] batch, IReadOnlyList<string> keys)
    {
        var found = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var at = 0;
        foreach (var key in keys)
        {
            var end = at + batch.AsSpan(at).IndexOf((byte)'\n');
            // "<oid> <type> <size>"; anything else names what is missing, and a name may hold any byte but NUL.
            if (Header(batch.AsSpan(at, end - at)) is not var (type, size))
            {
                found[key] = null;
                at = EndOfMissing(batch, at);
                continue;
            }

            found[key] = type is "blob" ? batch[(end + 1)..(end + 1 + size)] : null;
            at = end + 1 + size + 1;
        }

        return found;
    }

    /// <summary>A commit id goes to git as an argument: it is checked to be one and nothing else.</summary>
    public static string Checked(CommitSha commit) =>
        commit.Value is { Length: 40 or 64 } sha && sha.All(char.IsAsciiHexDigitLower)
            ? sha
            : throw new ArgumentException($"'{commit}' is not a full commit id", nameof(commit));

    private static (string Type, int Size)? Header(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line).Split(' ') is [{ Length: 40 or 64 } oid, var type, var size]
        && oid.All(char.IsAsciiHexDigitLower)
        && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? (type, length)
            : null;

    private static int EndOfMissing(byte[] batch, int at)
    {
        var mark = " missing\n"u8;
        var end = batch.AsSpan(at).IndexOf(mark);
        return end < 0 ? batch.Length : at + end + mark.Length;
    }
}
