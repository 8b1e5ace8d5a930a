using System.Text.Json;

namespace Muster.Contracts.Schemas;

/// <summary>
/// Holds values against schemas. Stricter than JSON Schema in one point: a property that a schema with properties does not
/// name is a fault, since what GitHub does not describe is nothing to send and nothing to rely on. More lenient in
/// another: of <c>oneOf</c> at least one has to fit, because GitHub's overlap.
/// </summary>
public sealed class SchemaCheck(Description description)
{
    private static readonly string[] Compounds = ["oneOf", "anyOf", "allOf"];

    /// <returns>What is wrong, each with its place; empty where nothing is.</returns>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value, string at)
    {
        var faults = new List<string>();
        Check(schema, value, at, faults, whole: true, loose: false);
        return faults;
    }

    /// <param name="whole">Whether the schema is all that is said of the value; a branch of a compound is not.</param>
    /// <param name="loose">Whether another part says what there may be, at any depth.</param>
    private void Check(JsonElement schema, JsonElement value, string at, List<string> faults, bool whole, bool loose)
    {
        schema = description.Follow(schema);
        var typed = schema.TryGetProperty("type", out var type);
        if (value.ValueKind == JsonValueKind.Null && (IsNullable(schema) || (typed && Kinds.Allows(type, value))))
        {
            // Branches that forget to repeat it do not take it back.
            return;
        }

        if (typed && !Kinds.Allows(type, value))
        {
            faults.Add($"{at} is {Kinds.Name(value)}, not {Kinds.Names(type)}");
            return;
        }

        if (schema.TryGetProperty("enum", out var members) && !members.EnumerateArray().Any(m => JsonElement.DeepEquals(m, value)))
        {
            faults.Add($"{at} is {Shown(value)}, not one of {string.Join(", ", members.EnumerateArray().Select(Shown))}");
        }

        Limits.Check(schema, value, at, faults);
        CheckObject(schema, value, at, faults, whole, loose);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var i = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{at}[{i++}]", faults, whole: true, loose);
            }
        }

        CheckBranches(schema, value, at, faults, loose);
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> faults, bool whole, bool loose)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at} lacks {r.GetString()}"));
        }

        var own = schema.TryGetProperty("properties", out var properties);
        var others = schema.TryGetProperty("additionalProperties", out var additional);
        var names = whole && !loose ? Names(schema) : null;
        foreach (var member in value.EnumerateObject())
        {
            if (own && properties.TryGetProperty(member.Name, out var described))
            {
                Check(described, member.Value, $"{at}.{member.Name}", faults, whole: true, loose);
            }
            else if (others && additional.ValueKind == JsonValueKind.Object)
            {
                Check(additional, member.Value, $"{at}.{member.Name}", faults, whole: true, loose);
            }
            else if (names?.Contains(member.Name) == false)
            {
                faults.Add($"{at}.{member.Name} is not described");
            }
        }
    }

    private void CheckBranches(JsonElement schema, JsonElement value, string at, List<string> faults, bool loose)
    {
        if (schema.TryGetProperty("allOf", out var all))
        {
            // The first part is the thing itself; those after it say a few things more of it.
            foreach (var (part, i) in all.EnumerateArray().Select((part, i) => (part, i)))
            {
                Check(part, value, at, faults, whole: false, loose || i > 0);
            }
        }

        foreach (var compound in Compounds[..2])
        {
            if (schema.TryGetProperty(compound, out var branches) && Nearest(branches, value, at, loose) is { Count: > 0 } nearest)
            {
                faults.AddRange(nearest);
            }
        }
    }

    /// <summary>What is wrong with the branch that fits best; nothing where one fits.</summary>
    private List<string> Nearest(JsonElement branches, JsonElement value, string at, bool loose)
    {
        List<string>? nearest = null;
        foreach (var branch in branches.EnumerateArray())
        {
            var faults = new List<string>();
            Check(branch, value, at, faults, whole: false, loose);
            if (faults.Count == 0)
            {
                return faults;
            }

            nearest = nearest is null || faults.Count < nearest.Count ? faults : nearest;
        }

        return nearest ?? [];
    }

    /// <summary>All property names that a schema and its branches know; null where it takes any.</summary>
    private HashSet<string>? Names(JsonElement schema)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return Collect(schema, names) ? names : null;
    }

    private bool Collect(JsonElement schema, HashSet<string> names)
    {
        schema = description.Follow(schema);
        if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.False)
        {
            return false;
        }

        var own = schema.TryGetProperty("properties", out var properties);
        if (own)
        {
            names.UnionWith(properties.EnumerateObject().Select(p => p.Name));
        }

        var branches = Compounds.Where(c => schema.TryGetProperty(c, out _)).SelectMany(c => schema.GetProperty(c).EnumerateArray())
            .Select(b => description.Follow(b)).Where(b => !b.TryGetProperty("type", out var type) || Kinds.AllowsObject(type)).ToList();
        // What a schema lists itself stays a closed list, however freely its branches speak ("additionalProperties: true" of a check run).
        var closed = branches.Select(b => Collect(b, names)).ToList();
        return own || (closed.Count > 0 && closed.TrueForAll(c => c));
    }

    private static bool IsNullable(JsonElement schema) => schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "…";
    }
}
