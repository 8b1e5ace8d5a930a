using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Muster.App.GitHub;

/// <summary>A good answer as it came: the bytes, and where the list goes on.</summary>
public sealed record Reply(byte[] Body, Uri? Next)
{
    public Answer<T> Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) is { } value
                ? new Answer<T>.Ok(value)
                : new Answer<T>.Unknown("GitHub answered null");
        }
        catch (JsonException fault)
        {
            return new Answer<T>.Unknown($"GitHub's answer makes no sense: {fault.Message}");
        }
    }

    /// <summary>The address of <c>rel="next"</c> in a Link header, as GitHub gave it.</summary>
    internal static Uri? NextOf(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Link", out var values))
            return null;
        foreach (var link in string.Join(',', values).Split(','))
        {
            if (link.Split(';') is [var address, .. var parameters]
                && parameters.Any(parameter => parameter.Trim() is "rel=\"next\"")
                && Uri.TryCreate(address.Trim().TrimStart('<').TrimEnd('>'), UriKind.Absolute, out var next))
                return next;
        }

        return null;
    }
}
