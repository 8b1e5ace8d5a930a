using Microsoft.Extensions.Configuration;
using Muster.App.Settings;

namespace Muster.App.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_not_said_has_its_default()
    {
        var settings = Read(("GitHub:ApiUrl", ""), ("GitHub:ServerUrl", ""));

        Assert.Equal("https://api.github.com/", settings.GitHub.Api.AbsoluteUri);
        Assert.Equal("https://api.github.com/graphql", settings.GitHub.GraphQl.AbsoluteUri);
        Assert.Equal("https://github.com/", settings.GitHub.Server.AbsoluteUri);
        Assert.Equal(new Durations(), settings.Durations);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Durations.GatherAtMost);
        Assert.Equal(folder["mirrors"], settings.Mirror);
        Assert.Null(settings.Reviewer);
        Assert.False(settings.OpenApi);
    }

    [Fact]
    public void What_is_said_counts()
    {
        var settings = Read(
            ("GitHub:ApiUrl", "https://ghe.acme.example/api/v3"), ("GitHub:ServerUrl", "https://ghe.acme.example"),
            ("Reviewer:AppId", "1002"), ("Reviewer:PrivateKeyPath", AppUnderTest.WriteKey(folder["reviewer.pem"])),
            ("Lease", "00:00:02.500"), ("Gather", "00:00:00"), ("OpenApi", "true"), ("Mirror", folder["bare"]), ("Queue", "embedded"));

        Assert.Equal("https://ghe.acme.example/api/graphql", settings.GitHub.GraphQl.AbsoluteUri);
        Assert.Equal(1002, settings.Reviewer?.AppId);
        Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.Zero), (settings.Durations.Lease, settings.Durations.Gather));
        Assert.True(settings.OpenApi);
        Assert.Equal(folder["bare"], settings.Mirror);
    }

    [Fact]
    public void Told_nothing_it_lists_everything_it_needs_and_why()
    {
        var refusal = Assert.Throws<StartException>(() => SettingsSource.Read(new ConfigurationBuilder().Build()));

        Assert.Equal(
            ["Muster__GitHub__AppId", "Muster__GitHub__PrivateKeyPath", "Muster__GitHub__WebhookSecret"],
            refusal.Faults.Select(fault => fault.Split(':')[0]));
        Assert.All(refusal.Faults, fault => Assert.Contains("missing. ", fault));
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once_and_no_secret_is_repeated()
    {
        File.WriteAllText(folder["bad.pem"], "not a key");
        var refusal = Assert.Throws<StartException>(() => Read(
            ("GitHub:ApiUrl", "api.github.com"), ("GitHub:ServerUrl", "https://ann:pw-in-address@github.com"), ("GitHub:AppId", "one"),
            ("GitHub:PrivateKeyPath", folder["bad.pem"]), ("GitHub:WebhookSecret", "short"), ("GitHub:WebhookSecretPrevious", "shorter"), ("ApiToken", "fifteen letters"), ("EnrolToken", "x"),
            ("Reviewer:AppId", "7"), ("Storage", "Host=db;Password=hunter2"), ("Queue", "AccountKey=hunter2"), ("OpenApi", "perhaps"),
            ("Lease", "5m"), ("Gather", "10"), ("Rest", "1:2:3"), ("ReconcileEvery", "00:00:00")));

        Assert.Equal(
            [
                "Muster__ApiToken", "Muster__EnrolToken", "Muster__Gather", "Muster__GitHub__ApiUrl", "Muster__GitHub__AppId", "Muster__GitHub__PrivateKeyPath", "Muster__GitHub__ServerUrl",
                "Muster__GitHub__WebhookSecret", "Muster__GitHub__WebhookSecretPrevious", "Muster__Lease", "Muster__OpenApi",
                "Muster__Queue", "Muster__ReconcileEvery", "Muster__Rest", "Muster__Reviewer__PrivateKeyPath", "Muster__Storage",
            ],
            refusal.Faults.Select(fault => fault.Split(": ")[0]).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Contains("PostgreSQL comes later", refusal.Message);
        Assert.Contains("Azure Storage Queues come later", refusal.Message);
        foreach (var secret in new[] { "hunter2", "short\"", "pw-in-address", "not a key" })
            Assert.DoesNotContain(secret, refusal.Message);
    }

    [Fact]
    public void A_key_that_cannot_sign_is_no_private_key()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        File.WriteAllText(folder["public.pem"], key.ExportSubjectPublicKeyInfoPem());

        Assert.Contains("holds no RSA private key", Refusal(("GitHub:PrivateKeyPath", folder["public.pem"])));
    }

    [Fact]
    public void A_key_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.pem cannot be read", Refusal(("GitHub:PrivateKeyPath", folder["nowhere.pem"])));

    [Theory]
    [InlineData("urls", "http://0.0.0.0:8300")]
    [InlineData("urls", "http://127.0.0.1:1;https://muster.example:8300")]
    [InlineData("urls", "http://+:8300")]
    [InlineData("urls", "http://[::]:8300")]
    [InlineData("http_ports", "8300")]
    [InlineData("Kestrel:Endpoints:all:Url", "http://*:8300")]
    public void What_is_open_to_everybody_is_for_loopback_alone(string key, string value) =>
        Assert.Contains("Muster__OpenApi: true shows everything to everybody", Refusal(key, value));

    [Theory]
    [InlineData("http://127.0.0.1:8300")]
    [InlineData("http://localhost:8300;http://[::1]:8301")]
    [InlineData("http://unix:/run/muster.sock")]
    [InlineData("")]
    public void On_loopback_it_may_be_open(string urls) => Assert.True(OpenOn("urls", urls).OpenApi);

    [Fact]
    public void Secrets_do_not_print() =>
        Assert.DoesNotContain("long enough", Read(("ApiToken", "this is long enough too")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_settings_file_names_every_setting_with_its_default()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        var required = AppUnderTest.SettingsOf(folder);

        var fromFile = SettingsSource.Read(new ConfigurationBuilder().AddConfiguration(file).AddInMemoryCollection(required).Build());
        var fromNothing = SettingsSource.Read(new ConfigurationBuilder().AddInMemoryCollection(required).Build());

        Assert.Equal(fromNothing.Durations, fromFile.Durations);
        Assert.Equal(fromNothing.Mirror, fromFile.Mirror);
        Assert.Equal(("https://api.github.com", "https://github.com"), (file["Muster:GitHub:ApiUrl"], file["Muster:GitHub:ServerUrl"]));
        Assert.Equal("sqlite:muster.db", file["Muster:Storage"]);
    }

    private string Refusal(string key, string value) => Assert.Throws<StartException>(() => OpenOn(key, value)).Message;

    private AppSettings OpenOn(string key, string value) => SettingsSource.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(AppUnderTest.SettingsOf(folder))
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Muster:OpenApi"] = "true", [key] = value })
            .Build());

    private string Refusal((string Key, string Value) setting) => Assert.Throws<StartException>(() => Read(setting)).Message;

    private AppSettings Read(params (string Key, string Value)[] settings) => SettingsSource.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(AppUnderTest.SettingsOf(folder))
            .AddInMemoryCollection(settings.ToDictionary(s => $"Muster:{s.Key}", s => (string?)s.Value))
            .Build());
}
