using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Muster.Runner.Tests;

/// <summary>Serves bare repositories through git's own http-backend and notes who asked.</summary>
public sealed class GitOverHttp(string root)
{
    /// <summary>The Authorization header of every request.</summary>
    public List<string> Seen { get; } = [];

    public async Task ServeAsync(HttpContext context)
    {
        lock (Seen)
            Seen.Add(context.Request.Headers.Authorization.ToString());
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["GIT_PROJECT_ROOT"] = root,
                ["GIT_HTTP_EXPORT_ALL"] = "1",
                ["PATH_INFO"] = context.Request.Path.Value!["/git".Length..],
                ["QUERY_STRING"] = context.Request.QueryString.Value!.TrimStart('?'),
                ["REQUEST_METHOD"] = context.Request.Method,
                ["CONTENT_TYPE"] = context.Request.ContentType ?? "",
                ["HTTP_CONTENT_ENCODING"] = context.Request.Headers.ContentEncoding.ToString(),
                ["HTTP_GIT_PROTOCOL"] = context.Request.Headers["Git-Protocol"].ToString(),
                ["REMOTE_USER"] = "test",
                ["REMOTE_ADDR"] = "127.0.0.1",
            },
        };
        using var git = Process.Start(start)!;
        var feeding = FeedAsync(context.Request.Body, git);
        var body = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(body);
        await feeding;
        await git.WaitForExitAsync();
        await AnswerAsync(context.Response, body.ToArray());
    }

    private static async Task FeedAsync(Stream body, Process git)
    {
        await body.CopyToAsync(git.StandardInput.BaseStream);
        git.StandardInput.Close();
    }

    private static async Task AnswerAsync(HttpResponse response, byte[] cgi)
    {
        var end = cgi.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(cgi, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status")
                response.StatusCode = int.Parse(value[..3]);
            else
                response.Headers[name] = value;
        }

        await response.Body.WriteAsync(cgi.AsMemory(end + 4));
    }
}
