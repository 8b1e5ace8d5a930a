using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.App.Tests.Runners;

/// <summary>Who may speak to the runner API, tried through its door.</summary>
public sealed class SignatureTests : IAsyncLifetime, IDisposable
{
    private const string Token = "the enrolment token of the tests";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private AppUnderTest app = null!;
    private string runner = "";

    public async Task InitializeAsync()
    {
        app = await AppUnderTest.StartAsync(("EnrolToken", Token));
        runner = WireJson.Read<EnrolAnswer>(await (await EnrolAsync(Token, key)).Content.ReadAsStringAsync()).Runner;
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose()
    {
        key.Dispose();
        otherKey.Dispose();
    }

    [Fact]
    public async Task A_call_signed_by_an_enrolled_runner_is_heard() =>
        // There is no such job; that it is looked for at all is the point.
        Assert.NotEqual(HttpStatusCode.Unauthorized, await CallAsync());

    [Fact]
    public async Task A_call_without_a_signature_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(change: request => request.Headers.Remove(RunnerApi.SignatureHeader)));

    [Fact]
    public async Task A_call_signed_with_another_key_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(with: otherKey));

    [Fact]
    public async Task A_call_of_a_runner_that_never_enrolled_is_refused() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(by: "r0000"));

    [Fact]
    public async Task A_body_altered_on_its_way_is_refused() =>
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await CallAsync(change: request => request.Content = new StringContent(WireJson.Write(new EpochRequest(new Epoch(8))))));

    [Fact]
    public async Task A_signature_for_one_job_is_none_for_another() =>
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await CallAsync(change: request => request.RequestUri = new Uri(RunnerApi.Push(new JobId(7)), UriKind.Relative)));

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_call_of_another_time_is_refused(int seconds) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(off: seconds));

    [Fact]
    public async Task A_body_without_end_is_cut() =>
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await CallAsync(change: request => request.Content = new ByteArrayContent(new byte[(8 << 20) + 1])));

    [Fact]
    public async Task Signed_nonsense_is_refused_in_words()
    {
        using var answer = await app.Http.SendAsync(Signed("nonsense", key, runner, 0));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(WireJson.Read<RefusalAnswer>(await answer.Content.ReadAsStringAsync()).Remedy);
    }

    [Fact]
    public async Task Without_the_token_nobody_enrols()
    {
        using var answer = await EnrolAsync("a guess", otherKey);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(1, await app.Store.ReadAsync(c => c.ExecuteScalar<long>("SELECT count(*) FROM runners"), default));
    }

    [Fact]
    public async Task Where_no_token_is_set_nobody_enrols()
    {
        await using var closed = await AppUnderTest.StartAsync();

        using var answer = await closed.Http.PostAsync(RunnerApi.Enrol, Enrolment("", otherKey));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<HttpResponseMessage> EnrolAsync(string token, ECDsa with) => app.Http.PostAsync(RunnerApi.Enrol, Enrolment(token, with));

    private static StringContent Enrolment(string token, ECDsa with) => new(WireJson.Write(new EnrolRequest(
        token, "box", Convert.ToBase64String(with.ExportSubjectPublicKeyInfo()), new RunnerInfo("1", "arm64", 1, true, []))));

    private async Task<HttpStatusCode> CallAsync(ECDsa? with = null, string? by = null, int off = 0, Action<HttpRequestMessage>? change = null)
    {
        using var request = Signed(WireJson.Write(new EpochRequest(new Epoch(1))), with ?? key, by ?? runner, off);
        change?.Invoke(request);
        using var answer = await app.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private HttpRequestMessage Signed(string body, ECDsa with, string by, int off)
    {
        var path = RunnerApi.Renew(new JobId(7));
        var at = $"{app.Time.GetUtcNow().ToUnixTimeSeconds() + off}";
        var text = RunnerApi.SignedText("POST", path, at, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Headers.Add(RunnerApi.RunnerHeader, by);
        request.Headers.Add(RunnerApi.TimeHeader, at);
        request.Headers.Add(RunnerApi.SignatureHeader, Convert.ToBase64String(with.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256)));
        return request;
    }
}
