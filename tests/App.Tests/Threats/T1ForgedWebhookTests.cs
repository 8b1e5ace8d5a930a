using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dapper;

namespace Muster.App.Tests.Threats;

/// <summary>T1, a forged webhook: whatever is changed about a real one, nobody takes it and nothing breaks.</summary>
public sealed class T1ForgedWebhookTests : IAsyncLifetime
{
    private const int Mutations = 4_000;
    private const int Seed = 20261120;

    // GitHub's own example of a signature.
    private const string PublishedSecret = "It's a Secret to Everybody";
    private const string PublishedDigest = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    // The same body with the same secret, signed in the old way.
    private const string Sha1 = "sha1=c12a3d5ef65fa07365f7190ddb67db507308e90e";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"action":"labeled","issue":{"number":12},"repository":{"id":77,"full_name":"acme/shop"},"installation":{"id":5},"sender":{"login":"ann","id":3,"type":"User"}}""");

    private static readonly string Signature = AppUnderTest.Sign(Body);
    private AppUnderTest app = null!;

    public async Task InitializeAsync() => app = await AppUnderTest.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task GitHub_s_published_example_is_signed_as_we_check_it()
    {
        await using var theirs = await AppUnderTest.StartAsync(("GitHub:WebhookSecret", PublishedSecret));
        using var right = Request("Hello, World!"u8.ToArray(), PublishedDigest);
        using var wrong = Request("Hello, World?"u8.ToArray(), PublishedDigest);

        // Past the signature it is no JSON, which is as far as that text can come.
        Assert.Equal(HttpStatusCode.BadRequest, (await theirs.Http.SendAsync(right)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await theirs.Http.SendAsync(wrong)).StatusCode);
    }

    [Fact]
    public async Task No_mutation_of_body_signature_or_headers_is_taken_and_none_breaks_the_server()
    {
        var random = new Random(Seed);
        var answers = new Dictionary<HttpStatusCode, int>();
        for (var batch = 0; batch < Mutations / 50; batch++)
        {
            var requests = Enumerable.Range(0, 50).Select(_ => Mutated(random)).ToList();
            foreach (var status in await Task.WhenAll(requests.Select(StatusAsync)))
                answers[status] = answers.GetValueOrDefault(status) + 1;
        }

        Assert.Equal(Mutations, answers.Values.Sum());
        Assert.All(answers.Keys, status => Assert.InRange((int)status, 400, 499));
        Assert.Equal(0, await app.Store.ReadAsync(c => c.ExecuteScalar<long>("SELECT count(*) FROM deliveries"), default));
        using var real = Request(Body, Signature);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.SendAsync(real)).StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await app.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static HttpRequestMessage Mutated(Random random) => random.Next(14) switch
    {
        0 => Request(Flipped(Body, random), Signature),
        1 => Request(Body, Flip(Signature, random)),
        2 => Request(Body[..random.Next(Body.Length)], Signature),
        3 => Request([.. Body, .. new byte[random.Next(1, 64)]], Signature),
        4 => Request(Body, Signature[..random.Next(Signature.Length)]),
        5 => Request(Body, Signature + "0123456789abcdefABCDEF "[random.Next(22)]),
        6 => Request(Body, Prefixes[random.Next(Prefixes.Length)] + Signature["sha256=".Length..]),
        7 => Request(Body, Sha1),
        8 => Sha1Only(),
        9 => Twice(random),
        10 => Chunked(Flipped(Body, random)),
        11 => Zipped(),
        12 => Request([0xEF, 0xBB, 0xBF, .. Body], Signature),
        _ => Request(Body, AppUnderTest.Sign(Body, $"another secret {random.Next()}")),
    };

    private static readonly string[] Prefixes = ["", "sha1=", "sha512=", "SHA256=", "Sha256=", "sha256:", "sha256==", " sha256= ", "hmac-sha256=", "sha256=0x"];

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        var copy = (byte[])bytes.Clone();
        copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static string Flip(string signature, Random random)
    {
        var at = "sha256=".Length + random.Next(64);
        var other = "0123456789abcdef".Replace(signature[at].ToString(), "", StringComparison.Ordinal)[random.Next(15)];
        return $"{signature[..at]}{other}{signature[(at + 1)..]}";
    }

    private static HttpRequestMessage Sha1Only()
    {
        var request = Request(Body, null);
        request.Headers.TryAddWithoutValidation("X-Hub-Signature", Sha1);
        return request;
    }

    // Two headers are no signature, even where one of them is right: nobody can say which one was meant.
    private static HttpRequestMessage Twice(Random random)
    {
        var request = Request(Body, null);
        string[] both = random.Next(2) == 0 ? [Signature, AppUnderTest.Sign(Body, "another one")] : [AppUnderTest.Sign(Body, "another one"), Signature];
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", both);
        return request;
    }

    private static HttpRequestMessage Chunked(byte[] body)
    {
        var request = Request(body, Signature);
        request.Headers.TransferEncodingChunked = true;
        return request;
    }

    // Packed on the way, but signed as it was before: the bytes that came are not those that were signed.
    private static HttpRequestMessage Zipped()
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            zip.Write(Body);
        var request = Request(packed.ToArray(), Signature);
        request.Content!.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    private static HttpRequestMessage Request(byte[] body, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-GitHub-Event", "issues");
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        return request;
    }
}
