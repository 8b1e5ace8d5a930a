using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Muster.Contracts.Schemas;

/// <summary>How long, how many, how large, and in which form.</summary>
internal static partial class Limits
{
    public static void Check(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = value.GetString()!;
                Within(schema, "minLength", "maxLength", new StringInfo(text).LengthInTextElements, $"{at} has a length of", faults);
                if (schema.TryGetProperty("format", out var format) && !Has(format.GetString()!, text))
                {
                    faults.Add($"{at} is no {format.GetString()}: {text[..Math.Min(text.Length, 80)]}");
                }

                if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
                {
                    faults.Add($"{at} does not match {pattern.GetString()}");
                }

                break;
            case JsonValueKind.Number:
                Within(schema, "minimum", "maximum", value.GetDouble(), $"{at} is", faults);
                break;
            case JsonValueKind.Array:
                Within(schema, "minItems", "maxItems", value.GetArrayLength(), $"{at} has", faults);
                break;
            case JsonValueKind.Object:
                Within(schema, "minProperties", "maxProperties", value.EnumerateObject().Count(), $"{at} has", faults);
                break;
        }
    }

    private static void Within(JsonElement schema, string least, string most, double value, string what, List<string> faults)
    {
        if (schema.TryGetProperty(least, out var low) && value < low.GetDouble())
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {value}, less than {low.GetDouble()}"));
        }

        if (schema.TryGetProperty(most, out var high) && value > high.GetDouble())
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {value}, more than {high.GetDouble()}"));
        }
    }

    /// <summary>A form that is not known here says nothing.</summary>
    private static bool Has(string format, string text) => format switch
    {
        "uri" => Address.IsMatch(text),
        "date-time" => Moment.IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        "repo.nwo" => text.Split('/').Length == 2,
        _ => true,
    };

    // The characters of RFC 3986; the brackets of muster[bot] are not among them.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Moment { get; }
}
