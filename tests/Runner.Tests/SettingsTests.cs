using Microsoft.Extensions.Configuration;
using Muster.Runner.Configuration;

namespace Muster.Runner.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Everything_that_is_missing_is_named_at_once()
    {
        var faults = Read([]).Faults;

        Assert.Equal(["Muster__Home", "Muster__AppUrl", "Muster__EnrolToken"], faults.Select(f => f.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Home", "relative/folder")]
    [InlineData("AppUrl", "ftp://app")]
    [InlineData("AppUrl", "app.example")]
    [InlineData("Slots", "0")]
    [InlineData("Slots", "many")]
    [InlineData("Sandbox", "off")]
    [InlineData("SlotUid", "0")]
    [InlineData("DrainGrace", "90")]
    [InlineData("AcceptanceLimit", "-00:01:00")]
    public void A_wrong_value_is_named_with_what_would_be_right(string key, string value)
    {
        var (settings, faults) = Read(new() { ["Home"] = "/nowhere/home", ["AppUrl"] = "http://app", ["EnrolToken"] = "t", [key] = value });

        Assert.Null(settings);
        Assert.Contains($"Muster__{key} is '{value}'", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_settings_are_enough()
    {
        var settings = Read(new() { ["Home"] = "/nowhere/home/", ["AppUrl"] = "https://app.example", ["EnrolToken"] = "t" }).Settings!;

        Assert.Equal(("/nowhere/home", "/nowhere/home/runner.yml", 1, SandboxMode.Required), (settings.Home.Root, settings.RunnerConfig, settings.Slots, settings.Sandbox));
    }

    private static (RunnerSettings? Settings, IReadOnlyList<string> Faults) Read(Dictionary<string, string?> values) =>
        RunnerSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => $"Muster:{v.Key}", v => v.Value)).Build());
}
