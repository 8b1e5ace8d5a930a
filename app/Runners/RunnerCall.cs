using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Muster.App.Storage;
using Muster.Core.Wire;

namespace Muster.App.Runners;

/// <summary>One call of a runner whose signature was checked: who calls, and what it says.</summary>
internal sealed record RunnerCall<T>(RunnerRow Runner, T Body);

/// <summary>Reads calls: the body is bound to the caller's key, the method, the path and the time before it is parsed.</summary>
internal sealed class RunnerCallReader(Store store, TimeProvider time)
{
    /// <summary>Reports carry acceptance tails and findings; nothing of a run is larger.</summary>
    public const int MostBytes = 8 << 20;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public async Task<(RunnerCall<T>? Call, IResult? Refusal)> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        var body = await BodyAsync(request);
        if (body is null)
        {
            return (null, Refuse(413, "The message is too large.", $"Send at most {MostBytes >> 20} MiB."));
        }

        if (await KnownAsync(request, body) is not { } runner)
        {
            return (null, Refuse(401, "The call is not signed by an enrolled runner, or its clock is more than five minutes off.", "Set the clock, or remove runner.key in Muster__Home and enrol again."));
        }

        return Parse<T>(body) is { } message
            ? (new RunnerCall<T>(runner, message), null)
            : (null, Refuse(400, "The message is not in this version's form.", "Run the same version of muster as the app."));
    }

    public static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > MostBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    public static T? Parse<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, WireJson.Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    public static IResult Refuse(int status, string error, string remedy) =>
        Results.Json(new RefusalAnswer(error, remedy), WireJson.Options, statusCode: status);

    private async Task<RunnerRow?> KnownAsync(HttpRequest request, byte[] body)
    {
        string id = request.Headers[RunnerApi.RunnerHeader].ToString(), at = request.Headers[RunnerApi.TimeHeader].ToString();
        var fresh = long.TryParse(at, out var seconds) && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Skew.TotalSeconds;
        if (!fresh || await store.ReadAsync(db => RunnerRegistry.Find(db, id), request.HttpContext.RequestAborted) is not { } runner)
        {
            return null;
        }

        var text = RunnerApi.SignedText(request.Method, request.Path, at, Convert.ToHexStringLower(SHA256.HashData(body)));
        return RunnerKey.Verifies(runner.PublicKey, text, request.Headers[RunnerApi.SignatureHeader].ToString()) ? runner : null;
    }
}

/// <summary>Checks what a runner's own key signed.</summary>
internal static class RunnerKey
{
    public static bool IsKey(string publicKey) => Open(publicKey) is { } key && Close(key);

    public static bool Verifies(string publicKey, string text, string signature)
    {
        var bytes = new byte[256];
        using var key = Open(publicKey);
        return key is not null
            && Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(Encoding.UTF8.GetBytes(text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    private static ECDsa? Open(string publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            key.Dispose();
            return null;
        }
    }

    private static bool Close(ECDsa key)
    {
        key.Dispose();
        return true;
    }
}
