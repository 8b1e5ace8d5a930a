using System.Text;

namespace Muster.Core.Contracts;

/// <summary>How many invisible characters were taken out of a text, by kind.</summary>
public sealed record InvisibleCount(int ZeroWidth, int Bidi, int Tag, int Control)
{
    public int Total => ZeroWidth + Bidi + Tag + Control;
}

/// <summary>
/// Takes out what a person cannot see and a model can read. Everything else, broken surrogates included, stays as it is;
/// an emoji made of several falls apart into them, which no agent minds.
/// </summary>
public static class InvisibleText
{
    public static (string Text, InvisibleCount Removed) Strip(string text)
    {
        var kept = new StringBuilder(text.Length);
        int zeroWidth = 0, bidi = 0, tag = 0, control = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var point = pair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i];
            switch (point)
            {
                case '\n' or '\r' or '\t':
                    kept.Append(text[i]);
                    break;
                case < 0x20 or (>= 0x7F and <= 0x9F):
                    control++;
                    break;
                // Left-to-right and right-to-left marks, embeddings, overrides and isolates.
                case 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0x206A and <= 0x206F):
                    bidi++;
                    break;
                // Soft hyphen, joiners, spaces of no width, invisible operators, fillers, byte order mark.
                case 0x00AD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or (>= 0x200B and <= 0x200D)
                    or (>= 0x2060 and <= 0x2064) or 0x3164 or 0xFEFF or 0xFFA0:
                    zeroWidth++;
                    break;
                // Tags spell ASCII unseen; the further variation selectors carry a byte each.
                case (>= 0xE0000 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF):
                    tag++;
                    break;
                default:
                    kept.Append(text, i, pair ? 2 : 1);
                    break;
            }
            if (pair)
                i++;
        }
        var removed = new InvisibleCount(zeroWidth, bidi, tag, control);
        return (removed.Total == 0 ? text : kept.ToString(), removed);
    }
}
