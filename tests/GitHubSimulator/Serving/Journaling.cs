using System.Security.Cryptography;
using System.Text;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>
/// The outermost step: takes the request's body in, and writes the journal's line before the first byte of the answer
/// leaves, so that whoever has an answer also finds its line.
/// </summary>
internal sealed class Journaling(World world, Journal journal)
{
    private const int KeptBody = 64 * 1024;
    private const int LargestBody = 32 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var draft = new JournalDraft(http.Request, world.Time.GetUtcNow());
        http.Features.Set(draft);
        if (draft.BehindTheScenes)
        {
            await TakeBodyAsync(http.Request, draft);
            await next(http);
            return;
        }

        journal.Begin();
        var written = false;
        void Write(int status)
        {
            if (!written)
                journal.Append(draft, status);
            written = true;
        }

        http.Response.OnStarting(() =>
        {
            Write(http.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            // A push can be large and is streamed to git; everything else is JSON and small.
            if (!IsGit(http.Request))
                await TakeBodyAsync(http.Request, draft);
            await next(http);
            if (!draft.IsCut)
                await http.Response.StartAsync();
        }
        catch (Exception fault) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            // A fault of the simulator must be seen: here, and by the test that caused it.
            await Console.Error.WriteLineAsync($"{draft.Method} {draft.Path}: {fault}");
            http.Response.StatusCode = (fault as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["message"] = fault.Message });
        }
        finally
        {
            // Who hung up got no answer; what it asked for may have been done all the same.
            Write(StatusCodes.Status499ClientClosedRequest);
            journal.End();
        }
    }

    private static bool IsGit(HttpRequest request) =>
        request.Path.Value is { } path
        && (path.EndsWith("/git-upload-pack", StringComparison.Ordinal) || path.EndsWith("/git-receive-pack", StringComparison.Ordinal));

    private static async Task TakeBodyAsync(HttpRequest request, JournalDraft draft)
    {
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory, request.HttpContext.RequestAborted);
        if (memory.Length > LargestBody)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        draft.Bytes = memory.ToArray();
        if (draft.Bytes.Length == 0)
            return;
        draft.BodySha256 = Convert.ToHexStringLower(SHA256.HashData(draft.Bytes));
        draft.Body = Encoding.UTF8.GetString(draft.Bytes.AsSpan(0, Math.Min(KeptBody, draft.Bytes.Length)));
    }
}
