using System.Globalization;

namespace Muster.Core.Contracts;

/// <summary>
/// Reads what GitHub makes of the issue form <c>agent-task.yml</c>: a heading a field, its value beneath. The headings
/// are so worded that prose does not hit them by chance, and <c>Scope</c> must hold paths.
/// </summary>
internal static class IssueForm
{
    // A text left empty, and a choice not made.
    private const string Empty = "_No response_";
    private const string Unchosen = "None";

    /// <summary>Label in the form to key of the contract.</summary>
    public static IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Scope"] = "scope",
        ["Exclude"] = "exclude",
        ["Files"] = "files",
        ["Acceptance commands"] = "acceptance",
        ["Tests to add"] = "tests",
        ["Depends on"] = "depends_on",
        ["Base branch"] = "base",
        ["Risk"] = "risk",
        ["Minutes"] = "minutes",
    };

    /// <summary>The values by key; null where the body is no such form.</summary>
    public static IReadOnlyDictionary<string, string>? Sections(string body)
    {
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        var value = new List<string>();
        foreach (var line in body.Split('\n').Append("### "))
        {
            if (!line.StartsWith("### ", StringComparison.Ordinal))
            {
                value.Add(line);
                continue;
            }
            if (key is not null)
                sections.TryAdd(key, string.Join('\n', value).Trim());
            key = Labels.GetValueOrDefault(line[4..].Trim());
            value.Clear();
        }
        var isForm = sections.ContainsKey("scope") && sections.ContainsKey("acceptance") && Lines(sections["scope"]).All(IsPath);
        return isForm ? sections : null;
    }

    public static Contract Read(IReadOnlyDictionary<string, string> sections, List<LintProblem> problems)
    {
        var fields = new YamlFields(
            new YamlNode.Mapping([.. sections.Where(s => s.Value is not (Empty or Unchosen or "")).Select(s => KeyValuePair.Create(s.Key, Node(s.Key, s.Value)))], 0),
            [.. Labels.Values],
            problems);
        return ContractReader.Fields(fields) with
        {
            Budget = new Budget(ContractReader.Small(fields.Whole("minutes", 1, 40))),
        };
    }

    private static YamlNode Node(string key, string value) => key switch
    {
        "base" or "minutes" => new YamlNode.Scalar(Lines(value).FirstOrDefault() ?? "", Plain: true, 0),
        "risk" => new YamlNode.Scalar(value.ToLower(CultureInfo.InvariantCulture), Plain: true, 0),
        _ => new YamlNode.Sequence([.. Lines(value).Select(line => new YamlNode.Scalar(line, Plain: false, 0))], 0),
    };

    // A list is written a line each; bullets, quotes of code and the fences of a rendered field are dressing.
    private static IEnumerable<string> Lines(string value) => value is Empty
        ? []
        : value.Split('\n')
            .Select(line => line.Trim())
            .Where(line => !line.StartsWith("```", StringComparison.Ordinal))
            .Select(line => (line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line).Trim().Trim('`'))
            .Where(line => line.Length > 0);

    private static bool IsPath(string line) => !line.Any(char.IsWhiteSpace);
}
