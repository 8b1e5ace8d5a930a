using System.Globalization;
using System.Text;

namespace Muster.GitHubSimulator.Git;

/// <summary>What a CGI program answered: headers, of which Status is the HTTP status, an empty line, the body.</summary>
internal sealed record CgiAnswer(int Status, IReadOnlyList<(string Name, string Value)> Headers, ReadOnlyMemory<byte> Body, string? RequestSha256)
{
    public static CgiAnswer Parse(byte[] output, string? requestSha256)
    {
        var end = output.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new CgiAnswer(500, [], default, requestSha256);
        var status = 200;
        var headers = new List<(string, string)>();
        foreach (var line in Encoding.ASCII.GetString(output.AsSpan(0, end)).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Equals("Status", StringComparison.OrdinalIgnoreCase))
                status = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
            else
                headers.Add((name, value));
        }

        return new CgiAnswer(status, headers, output.AsMemory(end + 4), requestSha256);
    }

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        await response.Body.WriteAsync(Body);
    }
}
