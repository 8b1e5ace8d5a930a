using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Muster.Runner.Configuration;

/// <summary>Everything that is wrong with one file.</summary>
public sealed class YamlFaults
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(int? line, string where, string what) =>
        _all.Add(line is { } number ? string.Create(CultureInfo.InvariantCulture, $"line {number}: {where} {what}") : $"{where} {what}");
}

/// <summary>One mapping of a YAML file that knows where it stands, so that every fault can say so.</summary>
public sealed class YamlMap
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly YamlFaults _faults;

    /// <param name="keys">All that may be in it; none = anything.</param>
    public YamlMap(YamlMappingNode node, string path, YamlFaults faults, params string[] keys)
    {
        ArgumentNullException.ThrowIfNull(node);
        (_node, _path, _faults) = (node, path, faults);
        foreach (var key in node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (keys.Length > 0 && !keys.Contains(name))
                _faults.Add((int)key.Start.Line, At(name), $"is unknown here; known: {string.Join(", ", keys)}");
        }
    }

    public IReadOnlyList<string> Keys => [.. _node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "")];

    public void Fault(string key, string what) => _faults.Add((int)(Find(key) ?? _node).Start.Line, At(key), what);

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } => text,
        _ => Refuse<string>(key, "is not a text"),
    };

    public int? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        Fault(key, $"is '{text}', not a whole number above 0");
        return null;
    }

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is not (null or "true" or "false"))
            Fault(key, $"is '{text}', neither true nor false");
        return text == "true";
    }

    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list when list.Children.All(c => c is YamlScalarNode { Value: not null }) =>
            [.. list.Children.Cast<YamlScalarNode>().Select(c => c.Value!)],
        _ => Refuse<IReadOnlyList<string>>(key, "is not a list of texts") ?? [],
    };

    public YamlMap? Map(string key, params string[] keys) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, At(key), _faults, keys),
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        _ => Refuse<YamlMap>(key, "is not a mapping"),
    };

    /// <summary>A list of mappings, or one mapping that stands for a list of one.</summary>
    public IReadOnlyList<YamlMap> MapsOf(string key, params string[] keys) => Find(key) switch
    {
        null => [],
        YamlMappingNode one => [new YamlMap(one, $"{At(key)}[0]", _faults, keys)],
        YamlSequenceNode list when list.Children.All(c => c is YamlMappingNode) =>
            [.. list.Children.Cast<YamlMappingNode>().Select((map, n) => new YamlMap(map, $"{At(key)}[{n}]", _faults, keys))],
        _ => Refuse<IReadOnlyList<YamlMap>>(key, "is neither a mapping nor a list of mappings") ?? [],
    };

    private YamlNode? Find(string key) => _node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private string At(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private T? Refuse<T>(string key, string what)
        where T : class
    {
        Fault(key, what);
        return null;
    }
}
