using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Muster.Core.Contracts;

/// <summary>What is wrong with a text, in words that follow "because", and in which line (from 1; 0 where no line is to blame).</summary>
internal sealed record YamlFault(string Because, int Line);

/// <summary>Reads YAML that strangers wrote: bounded in size, depth and number, nothing but data, and never an exception.</summary>
internal static class YamlTree
{
    public const int Longest = 64 * 1024;
    private const int MostNodes = 20_000;
    private const int Deepest = 6;

    /// <summary>The tree (null for an empty text), or in words what is wrong with the text.</summary>
    public static (YamlNode? Root, YamlFault? Fault) Read(string text)
    {
        if (text.Length > Longest)
            return (null, new YamlFault($"it is {text.Length / 1024} KiB long, and at most {Longest / 1024} KiB are read", 0));
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(reader);
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                return (null, null);
            parser.Consume<DocumentStart>();
            var left = MostNodes;
            var root = Node(parser, 0, ref left);
            parser.Consume<DocumentEnd>();
            return parser.TryConsume<StreamEnd>(out _) ? (root, null) : (null, new YamlFault("it holds more than one document", 0));
        }
        catch (RefusedException e)
        {
            return (null, new YamlFault(e.Message, e.Line));
        }
        catch (YamlException e)
        {
            return (null, new YamlFault($"line {e.Start.Line} is not valid YAML", (int)e.Start.Line));
        }
        // The scanner has slips of its own on broken input. Whatever they are called, they mean the same here.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or NullReferenceException)
        {
            return (null, new YamlFault("it is not valid YAML", 0));
        }
    }

    private static YamlNode Node(Parser parser, int depth, ref int left)
    {
        if (depth > Deepest)
            throw new RefusedException(Line(parser), $"line {Line(parser)} is nested deeper than {Deepest} levels");
        if (--left < 0)
            throw new RefusedException(0, $"it holds more than {MostNodes} values");
        if (parser.Current is AnchorAlias)
            throw new RefusedException(Line(parser), $"line {Line(parser)} uses an alias (`*name`), which is not allowed; put the value in quotes if a star is meant");
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false })
            throw new RefusedException(Line(parser), $"line {Line(parser)} uses an anchor (`&name`), which is not allowed");
        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
            throw new RefusedException(Line(parser), $"line {Line(parser)} uses a tag (`!name`), which is not allowed; put the value in quotes if an exclamation mark is meant");

        var line = Line(parser);
        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlNode.Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, line);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, depth + 1, ref left));
            return new YamlNode.Sequence(items, line);
        }
        parser.Consume<MappingStart>();
        var entries = new List<KeyValuePair<string, YamlNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(parser, depth + 1, ref left) is not YamlNode.Scalar key)
                throw new RefusedException(line, $"line {line} has a key that is no plain word");
            entries.Add(KeyValuePair.Create(key.Text, Node(parser, depth + 1, ref left)));
        }
        return new YamlNode.Mapping(entries, line);
    }

    private static int Line(Parser parser) => (int)(parser.Current?.Start.Line ?? 0);

    private sealed class RefusedException(int line, string message) : Exception(message)
    {
        public int Line => line;
    }
}
