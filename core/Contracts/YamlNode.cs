namespace Muster.Core.Contracts;

/// <summary>What our YAML can be: texts, lists and maps. No anchors, no tags, no types of its own.</summary>
internal abstract record YamlNode(int Line)
{
    /// <param name="Plain">Written without quotes: only then may <c>12</c> be a number and an empty text be nothing.</param>
    public sealed record Scalar(string Text, bool Plain, int Line) : YamlNode(Line)
    {
        public bool IsNothing => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
    }

    public sealed record Sequence(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

    /// <param name="Entries">In the order written, repeated keys included.</param>
    public sealed record Mapping(IReadOnlyList<KeyValuePair<string, YamlNode>> Entries, int Line) : YamlNode(Line);

    /// <summary>The node as one line of YAML that reads back as the same.</summary>
    public string Flow() => this switch
    {
        Scalar { Plain: true } scalar => scalar.Text.Length == 0 ? "" : YamlText.Bare(scalar.Text),
        Scalar scalar => YamlText.Write(scalar.Text),
        Sequence list => $"[{string.Join(", ", list.Items.Select(item => item.Flow()))}]",
        Mapping map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{YamlText.Write(entry.Key)}: {entry.Value.Flow()}"))}}}",
        _ => "",
    };
}
