using System.Security.Cryptography;
using Muster.GitHubSimulator.Limiting;

namespace Muster.GitHubSimulator.Serving;

/// <summary>Answers carry a tag; who has the same already gets 304, and that costs nothing of the primary limit.</summary>
internal static class ETags
{
    public static Reply Spare(HttpContext http, Reply reply)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || reply is not { Status: 200, Json: not null })
            return reply;
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(reply.Bytes))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
        if (!http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(tag))
            return reply;
        if (http.Features.Get<LimitTicket>() is { } ticket)
        {
            ticket.Refund();
            ResponseHeaders.AddRate(http, ticket.Headers());
        }

        return new Reply(304);
    }
}
