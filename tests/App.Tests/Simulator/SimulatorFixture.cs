using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator;

namespace Muster.App.Tests.Simulator;

/// <summary>One simulator with two Apps and five people, for the tests of one class; each test makes its own repository.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    public const long Author = 7;
    public const long Judge = 8;
    public const string Secret = "a secret of the simulator's tests";

    private readonly string data = Directory.CreateTempSubdirectory("muster-sim-").FullName;
    private readonly Dictionary<string, string> people = [];
    private SimulatorHost? host;
    private int repositories;

    public RSA Key { get; } = RSA.Create(2048);

    public ManualTime Clock { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public WebhookSink Sink { get; private set; } = null!;

    public string Url => host!.Url;

    public string DataDirectory => data;

    /// <summary>ann owns, wes writes, tess triages, rea reads, sam is a stranger.</summary>
    public string Token(string login) => people[login];

    public async Task InitializeAsync()
    {
        Sink = await WebhookSink.StartAsync();
        host = await SimulatorHost.StartAsync(new SimulatorOptions(data, Time: Clock));
        Client.BaseAddress = new Uri(host.Url);
        foreach (var login in new[] { "ann", "wes", "tess", "rea", "sam" })
            people[login] = (await ControlAsync("/users", new { login })).Text("token");
        await ControlAsync("/apps", new
        {
            appId = Author,
            slug = "muster",
            publicKeyPem = Key.ExportSubjectPublicKeyInfoPem(),
            webhookUrl = Sink.Url,
            webhookSecret = Secret,
        });
        await ControlAsync("/apps", new { appId = Judge, slug = "judge", privateKeyPem = Key.ExportPkcs8PrivateKeyPem() });
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await host!.DisposeAsync();
        await Sink.DisposeAsync();
        Key.Dispose();
        Directory.Delete(data, recursive: true);
    }

    public async Task<Toy> RepositoryAsync(bool isPrivate = true, bool drafts = true, string owner = "acme", params long[] apps)
    {
        var name = $"toy{Interlocked.Increment(ref repositories)}";
        var made = await ControlAsync("/repos", new
        {
            owner,
            name,
            @private = isPrivate,
            drafts,
            collaborators = new { ann = "admin", wes = "write", tess = "triage", rea = "read" },
            installations = apps.Length > 0 ? apps : [Author, Judge],
        });
        return new Toy(this, name, made.Json!);
    }

    public Task<Answer> ControlAsync(string path, object body) => Answer.AskAsync(Client, HttpMethod.Post, "/_sim" + path, null, body);

    public Task<Answer> GetAsync(string path, string? token = null) => Answer.AskAsync(Client, HttpMethod.Get, path, token, null);

    public Task<Answer> PostAsync(string path, string? token, object? body) => Answer.AskAsync(Client, HttpMethod.Post, path, token, body);

    public string Jwt(
        long issuer = Author, string algorithm = "RS256", TimeSpan? expires = null, RSA? key = null, TimeSpan issued = default)
    {
        var now = Clock.GetUtcNow();
        var head = Part(new { alg = algorithm, typ = "JWT" });
        var claims = Part(new
        {
            iat = (now + issued - TimeSpan.FromMinutes(1)).ToUnixTimeSeconds(),
            exp = (now + (expires ?? TimeSpan.FromMinutes(9))).ToUnixTimeSeconds(),
            iss = issuer,
        });
        var signature = algorithm == "none"
            ? []
            : (key ?? Key).SignData(Encoding.ASCII.GetBytes($"{head}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Waits until nothing is under way and no delivery is in line.</summary>
    public async Task SettleAsync()
    {
        while ((await GetAsync("/_sim/idle"))["idle"].GetValue<bool>() is false)
            await Task.Yield();
    }

    public async Task<IReadOnlyList<JsonNode>> JournalAsync() => (await GetAsync("/_sim/journal?after=0")).Items();

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
