using System.Globalization;
using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.GraphQl;

/// <summary>Something that has fields. A field is a scalar, an object, or a list of objects.</summary>
internal sealed record GraphObject(string Type, Func<GraphField, object?> Field)
{
    /// <summary>What <see cref="Field"/> returns for a name it does not know.</summary>
    public static object Unknown { get; } = new();
}

/// <summary>A part of the answer that cannot be given; GraphQL then says null and why.</summary>
internal sealed class GraphFault(string type, string message) : Exception(message)
{
    public string Type { get; } = type;
}

/// <summary>Answers a selection from objects, and gathers what went wrong.</summary>
internal sealed class GraphResolver
{
    private const int MostPerPage = 100;

    public JsonArray Errors { get; } = [];

    public JsonObject Resolve(GraphObject from, IReadOnlyList<GraphField> fields, IReadOnlyList<string> path)
    {
        var json = new JsonObject();
        foreach (var field in fields.Where(f => f.On is null || f.On == from.Type || IsInterface(f.On, from.Type)))
        {
            List<string> here = [.. path, field.Alias];
            var value = Value(from, field, here);
            // The same field out of two fragments is one field.
            if (value is JsonObject more && json[field.Alias] is JsonObject known)
            {
                foreach (var (name, part) in more.ToList())
                    known[name] = part?.DeepClone();
            }
            else
            {
                json[field.Alias] = value;
            }
        }

        return json;
    }

    /// <summary>A page of a list, as GitHub's connections give it.</summary>
    public static GraphObject Connection(string type, GraphField field, IReadOnlyList<GraphObject> all)
    {
        var (first, last) = (field.Whole("first"), field.Whole("last"));
        if (first is null && last is null)
            throw new GraphFault("MISSING_PAGINATION_BOUNDARIES", $"You must provide a `first` or `last` value to properly paginate the `{field.Name}` connection.");
        if ((first ?? last) > MostPerPage)
            throw new GraphFault("EXCESSIVE_PAGINATION", $"Requesting {first ?? last} records on the `{field.Name}` connection exceeds the `first` limit of {MostPerPage} records.");
        var start = last is { } count ? Math.Max(0, all.Count - count) : Position(field.Text("after"));
        var page = all.Skip(start).Take(first ?? last!.Value).ToList();
        var end = start + page.Count;
        var info = new GraphObject("PageInfo", f => f.Name switch
        {
            "hasNextPage" => end < all.Count,
            "hasPreviousPage" => start > 0,
            "startCursor" => page.Count == 0 ? null : Cursor(start + 1),
            "endCursor" => page.Count == 0 ? null : Cursor(end),
            _ => GraphObject.Unknown,
        });
        return new GraphObject(type, f => f.Name switch
        {
            "totalCount" => all.Count,
            "nodes" => page,
            "edges" => page.Select((node, i) => new GraphObject(type.Replace("Connection", "Edge", StringComparison.Ordinal), e => e.Name switch
            {
                "node" => node,
                "cursor" => Cursor(start + i + 1),
                _ => GraphObject.Unknown,
            })).ToList(),
            "pageInfo" => info,
            _ => GraphObject.Unknown,
        });
    }

    private static bool IsInterface(string on, string type) => on switch
    {
        "Node" => true,
        "Closable" or "Comment" or "Labelable" or "IssueOrPullRequest" => type is "Issue" or "PullRequest",
        "Actor" => type is "User" or "Bot" or "Organization",
        _ => false,
    };

    private static string Cursor(int position) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"cursor:{position}"));

    private static int Position(string? cursor)
    {
        if (cursor is null)
            return 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && System.Text.Encoding.ASCII.GetString(bytes, 0, length).Split(':') is ["cursor", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new GraphFault("INVALID_CURSOR_ARGUMENTS", $"`{cursor}` does not appear to be a valid cursor.");
    }

    private JsonNode? Value(GraphObject from, GraphField field, List<string> path)
    {
        try
        {
            var value = field.Name == "__typename" ? from.Type : from.Field(field);
            if (ReferenceEquals(value, GraphObject.Unknown))
                throw new GraphFault("undefinedField", $"Field '{field.Name}' doesn't exist on type '{from.Type}'");
            if (value is not null && (value is GraphObject or IReadOnlyList<GraphObject?>) != (field.Fields.Count > 0))
                throw new GraphFault("selectionMismatch", $"Field '{field.Name}' of type '{from.Type}' has wrong selections");
            return value switch
            {
                null => null,
                GraphObject one => Resolve(one, field.Fields, path),
                IReadOnlyList<GraphObject?> many => new JsonArray([.. many.Select((one, i) => one is null ? null : Resolve(one, field.Fields, [.. path, $"{i}"]))]),
                string text => text,
                bool flag => flag,
                int number => number,
                long number => number,
                _ => JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(value)),
            };
        }
        catch (GraphFault fault)
        {
            Errors.Add(new JsonObject
            {
                ["type"] = fault.Type,
                ["path"] = new JsonArray([.. path.Select(p => JsonValue.Create(p))]),
                ["message"] = fault.Message,
            });
            return null;
        }
    }
}
