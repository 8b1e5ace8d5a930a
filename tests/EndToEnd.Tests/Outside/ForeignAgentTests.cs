using System.Text;
using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.EndToEnd.Tests.Stories;

namespace Muster.EndToEnd.Tests.Outside;

/// <summary>
/// The contract that is kept for the outside: artifacts/muster-app and artifacts/muster, configured by environment
/// and a runner.yml, with an agent that knows nothing of this project: a shell script.
/// </summary>
public sealed class ForeignAgentTests
{
    private static readonly string[] Allowed =
        ["PATH", "HOME", "TMPDIR", "LANG", "MUSTER_ROLE", "MUSTER_ISSUE", "MUSTER_JOB", "MUSTER_ATTEMPT", "MUSTER_ROUND", "MUSTER_OUTPUT", "MUSTER_MODEL_URL"];

    // What a shell sets by itself.
    private static readonly string[] OfTheShell = ["PWD", "OLDPWD", "SHLVL", "_"];

    private const string Script = """
        #!/bin/sh
        # Reads the brief to its end, as the contract says it comes, and writes down what it was given.
        cat > "$TMPDIR/brief"
        if [ "$MUSTER_ROLE" = review ]; then
          grep -q '^diff --git' "$TMPDIR/brief" || exit 7
          printf '{"verdict":"approve","summary":"read it","findings":[]}' > "$MUSTER_OUTPUT"
          exit 0
        fi
        mkdir -p outside
        env > outside/environment.txt
        cp "$TMPDIR/brief" outside/brief.txt
        id -u > outside/uid.txt
        (ls -a / ; ls -a "$HOME") > outside/seen.txt
        printf '{"status":"done","summary":"written","unsure":[],"surprises":[]}' > "$MUSTER_OUTPUT"
        """;

    private static readonly Story Story = new Story("foreign", "an agent from outside")
        .With(new StoryIssue("a", "Write down what you are given", "Marker: zażółć gęślą jaźń; $(touch /tmp/never) `id` \"quotes\".")
        {
            Scope = ["outside/**"],
            Files = ["outside/environment.txt"],
            Acceptance = ["test -s outside/brief.txt"],
        });

    [Fact]
    public async Task A_shell_script_can_play_both_roles_and_sees_no_secret()
    {
        var places = Places.Find();
        var files = new Dictionary<string, string>();
        IReadOnlyList<string> secrets = [];
        var setting = new StageOptions
        {
            AppCommand = [places.MusterApp],
            RunnerCommand = [places.Muster, "run"],
            Players = folder => Players(folder),
        };

        var ending = await Played.PlayAsync(Story, setting, async (stage, ended) =>
        {
            var head = ended.PullOf("a")["head"]!["sha"]!.GetValue<string>();
            foreach (var name in new[] { "environment", "brief", "uid", "seen" })
            {
                var content = await stage.Person.LookAsync($"contents/outside/{name}.txt?ref={head}", CancellationToken.None);
                files[name] = Encoding.UTF8.GetString(Convert.FromBase64String(content["content"]!.GetValue<string>().ReplaceLineEndings("")));
            }

            secrets = [.. stage.Secrets];
        });

        Assert.Equal("ready", ending.Item("a").State);
        Assert.Equal(["APPROVED"], ending.ReviewStates("a"));
        var names = files["environment"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]);
        Assert.Empty(names.Except(Allowed).Except(OfTheShell));
        Assert.Contains("Marker: zażółć gęślą jaźń; $(touch /tmp/never) `id` \"quotes\".", files["brief"], StringComparison.Ordinal);
        Assert.NotEqual("0", files["uid"].Trim());
        Assert.All(secrets, s => Assert.DoesNotContain(s, string.Concat(files.Values), StringComparison.Ordinal));
        Assert.False(File.Exists("/tmp/never"));
    }

    private static RunnerFile Players(StageFolder folder)
    {
        var script = Path.Combine(folder.Root, "agent.sh");
        File.WriteAllText(script, Script + "\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return new RunnerFile([script], [script], []);
    }
}
