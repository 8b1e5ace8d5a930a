using System.Globalization;

namespace Muster.Core.Contracts;

/// <summary>
/// A map of known keys, read one by one. What is unknown, repeated or of the wrong kind is a problem that names the key
/// and carries the line that would be right; the value then counts as not given.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly List<LintProblem> problems;
    private readonly string prefix;

    public YamlFields(YamlNode.Mapping map, IReadOnlyCollection<string> known, List<LintProblem> problems, string prefix = "")
    {
        (this.problems, this.prefix) = (problems, prefix);
        foreach (var (key, value) in map.Entries)
        {
            if (!known.Contains(key))
                Unknown(key, value, known);
            else if (!values.TryAdd(key, value))
                Add(key, $"`{prefix}{Shown(key)}` is given twice (line {value.Line}).", Line(key, values[key]));
        }
    }

    public IReadOnlyCollection<string> Given => values.Keys;

    public bool Has(string key) => values.TryGetValue(key, out var value) && value is not YamlNode.Scalar { IsNothing: true };

    /// <summary>A list of texts; a bare text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        if (!Has(key))
            return [];
        switch (values[key])
        {
            case YamlNode.Scalar one:
                return [one.Text];
            case YamlNode.Sequence list when list.Items.All(item => item is YamlNode.Scalar { IsNothing: false }):
                return [.. list.Items.Cast<YamlNode.Scalar>().Select(item => item.Text)];
            default:
                Add(key, $"`{prefix}{key}` must be a list of texts.", $"{key}: [\"...\"]");
                return [];
        }
    }

    public string? Text(string key)
    {
        if (!Has(key))
            return null;
        if (values[key] is YamlNode.Scalar one)
            return one.Text;
        Add(key, $"`{prefix}{key}` must be one text, not a {Kind(values[key])}.", $"{key}: \"...\"");
        return null;
    }

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public long? Whole(string key, long least, long example)
    {
        if (!Has(key))
            return null;
        if (values[key] is YamlNode.Scalar { Plain: true } one
            && long.TryParse(one.Text.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least)
            return number;
        Add(key, $"`{prefix}{key}` must be a whole number of at least {least}.", string.Create(CultureInfo.InvariantCulture, $"{key}: {example}"));
        return null;
    }

    public T? OneOf<T>(string key, params IReadOnlyList<(string Word, T Value)> choices) where T : struct
    {
        if (!Has(key))
            return null;
        var text = (values[key] as YamlNode.Scalar)?.Text;
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }
        var words = choices.Select(choice => choice.Word).ToList();
        Add(key, $"`{prefix}{key}` must be one of {Listed(words)}.", $"{key}: {Nearest.Of(text ?? "", words) ?? words[0]}");
        return null;
    }

    /// <summary>A map inside this one, with keys of its own; null where it is not given.</summary>
    public YamlFields? Map(string key, IReadOnlyCollection<string> known) =>
        Entries(key) is { } map ? new YamlFields(map, known, problems, $"{prefix}{key}.") : null;

    public YamlNode.Mapping? Entries(string key)
    {
        if (!Has(key))
            return null;
        if (values[key] is YamlNode.Mapping map)
            return map;
        Add(key, $"`{prefix}{key}` must be a map of names to values, not a {Kind(values[key])}.", $"# {Line(key, values[key])}");
        return null;
    }

    public void Add(string key, string message, string fix) => problems.Add(new LintProblem(prefix + Shown(key), message, fix));

    public static string Listed(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"`{word}`"));

    private void Unknown(string key, YamlNode value, IReadOnlyCollection<string> known)
    {
        var nearest = Nearest.Of(key, known);
        var name = prefix + Shown(key);
        if (nearest is null)
            Add(key, $"`{name}` is not a known key (line {value.Line}); known are {Listed(known)}.", $"# {Line(Shown(key), value)}");
        else
            Add(key, $"`{name}` is not a known key (line {value.Line}); did you mean `{prefix}{nearest}`?", Line(nearest, value));
    }

    private static string Line(string key, YamlNode value)
    {
        var line = $"{key}: {value.Flow()}".TrimEnd();
        return line.Length <= 500 ? line : $"{key}: ...";
    }

    // A key is shown in a code span of a comment.
    private static string Shown(string key)
    {
        var plain = new string([.. key.Where(c => !char.IsControl(c) && c != '`')]);
        return plain.Length <= 40 ? plain : plain[..40] + "...";
    }

    private static string Kind(YamlNode node) => node switch
    {
        YamlNode.Sequence => "list",
        YamlNode.Mapping => "map",
        _ => "text",
    };
}
