using System.Globalization;
using System.Text;

namespace Muster.App.Mirror;

/// <summary>Reads what <c>git cat-file --batch</c> prints: a line of name, kind and size, the bytes, a line end; or a line that ends in <c>missing</c>.</summary>
internal static class BatchReader
{
    public static IReadOnlyDictionary<string, byte[]?> Read(IReadOnlyList<string> asked, byte[] output)
    {
        var found = new Dictionary<string, byte[]?>();
        var at = 0;
        foreach (var name in asked)
        {
            var end = Array.IndexOf(output, (byte)'\n', at);
            if (end < 0)
            {
                break;
            }

            var head = Encoding.UTF8.GetString(output, at, end - at).Split(' ');
            at = end + 1;
            if (head is [_, var kind, var digits] && int.TryParse(digits, CultureInfo.InvariantCulture, out var size))
            {
                found[name] = kind == "blob" ? output.AsSpan(at, size).ToArray() : null;
                at += size + 1;
            }
            else
            {
                found[name] = null;
            }
        }

        return found;
    }
}
