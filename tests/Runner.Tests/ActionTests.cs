using System.Diagnostics;
using Muster.Core.Wire;
using YamlDotNet.RepresentationModel;

namespace Muster.Runner.Tests;

/// <summary>Executes the steps of action.yml as the Actions runner does: bash with errexit and pipefail, inputs by environment.</summary>
public sealed class ActionTests : IAsyncLifetime
{
    private RunnerUnderTest _runner = null!;

    public async Task InitializeAsync() => _runner = await RunnerUnderTest.MakeAsync();

    public async Task DisposeAsync() => await _runner.DisposeAsync();

    [Fact]
    public async Task Its_steps_work_off_one_job()
    {
        _runner.Agent("implement", "echo three > src/three.txt");
        _runner.WriteYaml();
        WriteCommand();
        _runner.App.Give(_runner.Order());

        foreach (var step in Steps())
            await RunAsync(step, Inputs());

        Assert.IsType<JobReport.Implemented>(Assert.Single(_runner.App.Reports));
    }

    [Fact]
    public void Every_input_that_it_reads_is_declared_and_no_input_stands_in_a_script()
    {
        var declared = Inputs().Keys;
        foreach (var step in Steps())
        {
            Assert.DoesNotContain("${{", step.Script, StringComparison.Ordinal);
            Assert.All(step.Environment.Values, value => Assert.Contains(value[3..^2].Trim()["inputs.".Length..], declared));
        }
    }

    // What `./bot build` leaves: a command that runs the program.
    private void WriteCommand()
    {
        var command = Path.Combine(_runner.Folder, "muster");
        File.WriteAllText(command, $"#!/bin/sh\nexec dotnet {typeof(RunnerBuilder).Assembly.Location} \"$@\"\n");
        File.SetUnixFileMode(command, (UnixFileMode)0b111_101_101);
    }

    private static YamlMappingNode Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "action", "action.yml")))
            folder = folder.Parent;
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(folder.FullName, "action", "action.yml"))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static List<Step> Steps() =>
        [.. ((YamlSequenceNode)Document()["runs"]["steps"]).Children.Select(step =>
        {
            Assert.Equal("bash", step["shell"].ToString());
            return new Step(
                step["run"].ToString(),
                ((YamlMappingNode)step["env"]).Children.ToDictionary(e => e.Key.ToString(), e => e.Value.ToString()));
        })];

    private Dictionary<string, string> Inputs()
    {
        var inputs = ((YamlMappingNode)Document()["inputs"]).Children.ToDictionary(
            i => i.Key.ToString(), i => ((YamlMappingNode)i.Value).Children.TryGetValue("default", out var text) ? text.ToString() : "");
        inputs["app-url"] = _runner.App.Url;
        inputs["enrol-token"] = AppDouble.EnrolToken;
        inputs["home"] = _runner.HomePath;
        inputs["path"] = _runner.Folder;
        return inputs;
    }

    private async Task RunAsync(Step step, Dictionary<string, string> inputs)
    {
        var script = Path.Combine(_runner.Folder, "step.sh");
        await File.WriteAllTextAsync(script, step.Script);
        var start = new ProcessStartInfo("/bin/bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = _runner.Folder;
        start.Environment["Muster__SlotUid"] = _runner.Settings["Muster__SlotUid"];
        foreach (var (name, value) in step.Environment)
            start.Environment[name] = inputs[value[3..^2].Trim()["inputs.".Length..]];
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{said}\n{await errors}");
    }

    private sealed record Step(string Script, Dictionary<string, string> Environment);
}
