using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Muster.GitHubSimulator.Git;

/// <summary>Speaks smart HTTP by way of <c>git http-backend</c>, git's own CGI program.</summary>
internal static class GitHttp
{
    /// <summary>Runs the request through the backend; the answer is held back so that the world can be updated before it leaves.</summary>
    public static async Task<CgiAnswer> RunAsync(HttpContext http, string projectRoot, string pathInfo, string user)
    {
        var request = http.Request;
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        GitStore.Clean(start);
        var environment = start.Environment;
        environment["GIT_PROJECT_ROOT"] = projectRoot;
        environment["GIT_HTTP_EXPORT_ALL"] = "1";
        environment["PATH_INFO"] = pathInfo;
        environment["REQUEST_METHOD"] = request.Method;
        environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "";
        environment["CONTENT_TYPE"] = request.ContentType ?? "";
        environment["REMOTE_ADDR"] = "127.0.0.1";
        environment["REMOTE_USER"] = user;
        // Without a length (chunked) the backend reads to the end of its input.
        if (request.ContentLength is { } length)
            environment["CONTENT_LENGTH"] = length.ToString(CultureInfo.InvariantCulture);
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding)
            environment["HTTP_CONTENT_ENCODING"] = encoding;
        if (request.Headers["Git-Protocol"].ToString() is { Length: > 0 } protocol)
            environment["GIT_PROTOCOL"] = environment["HTTP_GIT_PROTOCOL"] = protocol;

        using var process = Process.Start(start) ?? throw new GitFailure("git http-backend did not start");
        await using var abort = http.RequestAborted.Register(() => Kill(process));
        var complaining = process.StandardError.ReadToEndAsync(http.RequestAborted);
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output, http.RequestAborted);
        var hash = await FeedAsync(request.Body, process, http.RequestAborted);
        await reading;
        await process.WaitForExitAsync(http.RequestAborted);
        await complaining;
        return CgiAnswer.Parse(output.ToArray(), hash);
    }

    private static async Task<string?> FeedAsync(Stream body, Process process, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var any = false;
        var open = true;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            any = true;
            hash.AppendData(buffer, 0, read);
            if (!open)
                continue;
            try
            {
                await process.StandardInput.BaseStream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            catch (IOException)
            {
                // The backend has read enough (it refuses, or ignores what follows); the rest is still taken from the client.
                open = false;
            }
        }

        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before its input did.
        }

        return any ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Already gone.
        }
    }
}
