namespace Muster.Core;

/// <summary>Finds the word that was probably meant, so that a refusal can name it.</summary>
internal static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The known word at the smallest distance; null where none is near. Ties go to the first one known.</summary>
    /// <param name="lettersASlip">One slip is allowed for so many letters: the larger, the surer.</param>
    public static string? Of(string word, IEnumerable<string> known, int lettersASlip = 3)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var best = (Word: (string?)null, Distance: Math.Max(1, word.Length / lettersASlip) + 1);
        foreach (var candidate in known)
        {
            // A name that ends on the word, or goes on from it, is what people mean who do not know it by heart.
            var distance = word.Length > 3 && (candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) || candidate.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                ? 1
                : Math.Abs(word.Length - candidate.Length) >= best.Distance ? best.Distance
                : Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < best.Distance)
                best = (candidate, distance);
        }
        return best.Word;
    }

    // Optimal string alignment: two swapped letters are one slip, not two.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
