using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Muster.Runner.Configuration;

/// <summary>Reads runner.yml and names every fault in it at once, with the line where there is one.</summary>
public sealed class RunnerFileReader
{
    private static readonly string[] Roles = ["implement", "review", "verify", "plan", "retro"];
    private static readonly string[] LaterHarnesses = ["claude", "codex", "opencode", "copilot", "gemini"];

    private readonly YamlFaults _faults = new();

    private RunnerFileReader()
    {
    }

    public static (RunnerFile? File, IReadOnlyList<string> Faults) Read(string text)
    {
        var reader = new RunnerFileReader();
        RunnerFile? file = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                file = reader.ReadRoot(root);
            else
                reader._faults.Add(null, "the file", "is not one mapping: it needs at least `agents:`");
        }
        catch (YamlException e)
        {
            reader._faults.Add((int)e.Start.Line, "the file", $"is not YAML: {e.Message}");
        }

        return reader._faults.All.Count == 0 ? (file, []) : (null, reader._faults.All);
    }

    private RunnerFile ReadRoot(YamlMappingNode root)
    {
        var map = new YamlMap(root, "", _faults, "providers", "sandbox", "agents");
        var providers = map.Map("providers") is { } names ? ReadProviders(names) : [];
        var box = map.Map("sandbox", "readable", "writable");
        var sandbox = new SandboxEntry(Folders(box, "readable"), Folders(box, "writable"));
        var agents = map.Map("agents", Roles) is { } roles ? ReadAgents(roles, providers) : [];
        if (agents.Count == 0 && _faults.All.Count == 0)
            _faults.Add(null, "agents", "names nobody: add for example `implement: {harness: command, command: [\"/opt/agent\"]}`");
        return new RunnerFile(providers, agents, sandbox);
    }

    private static List<ProviderEntry> ReadProviders(YamlMap names)
    {
        var entries = new List<ProviderEntry>();
        foreach (var name in names.Keys)
        {
            if (names.Map(name, "protocol", "url", "key", "concurrency") is not { } map)
                continue;
            var key = map.Text("key");
            if (key is not null && !key.StartsWith("env:", StringComparison.Ordinal) && !key.StartsWith("file:/", StringComparison.Ordinal))
                map.Fault("key", "is neither `env:NAME` nor `file:/path`: a key itself does not belong into this file");
            var url = map.Text("url");
            if (url is not null && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
                map.Fault("url", $"is '{url}', which is no http or https address");
            entries.Add(new ProviderEntry(name, map.Text("protocol"), url, key, map.Number("concurrency")));
        }

        return entries;
    }

    private static List<AgentEntry> ReadAgents(YamlMap roles, List<ProviderEntry> providers)
    {
        var agents = new List<AgentEntry>();
        foreach (var role in roles.Keys.Where(Roles.Contains))
        {
            var entries = roles.MapsOf(role, "harness", "provider", "model", "command", "probe", "when");
            for (var n = 0; n < entries.Count; n++)
            {
                if (ReadAgent(entries[n], role, n, providers) is { } agent)
                    agents.Add(agent);
            }
        }

        return agents;
    }

    private static AgentEntry? ReadAgent(YamlMap map, string role, int index, List<ProviderEntry> providers)
    {
        var harness = map.Text("harness");
        if (harness is null)
            map.Fault("harness", "is missing: `command` runs any executable");
        else if (LaterHarnesses.Contains(harness))
            map.Fault("harness", $"'{harness}' comes later; `command` works today: {{harness: command, command: [\"/path/to/{harness}\", …]}}");
        else if (harness != "command")
            map.Fault("harness", $"'{harness}' is unknown; `command` works today");
        var provider = map.Text("provider");
        if (provider is not null && providers.All(p => p.Name != provider))
            map.Fault("provider", $"'{provider}' is not declared: add `{provider}: {{}}` under `providers:`");
        var command = map.Texts("command");
        if (harness == "command" && command.Count == 0)
            map.Fault("command", "is missing: give a list, the executable first, for example [\"/opt/agent\", \"--json\"]");
        else if (command.Count > 0 && !command[0].StartsWith('/'))
            map.Fault("command", $"starts with '{command[0]}', which is not absolute: an agent is never looked up in a PATH");
        var when = map.Map("when", "risk", "paths", "class");
        var narrowed = when is null ? null : new AgentWhen(when.Text("risk"), when.Texts("paths"), when.Text("class"));
        return command.Count == 0
            ? null
            : new AgentEntry(
                string.Create(CultureInfo.InvariantCulture, $"{role}/{index}"),
                role, harness ?? "", provider, map.Text("model"), command, map.Flag("probe"), narrowed);
    }

    private static List<string> Folders(YamlMap? box, string key)
    {
        var folders = box?.Texts(key) ?? [];
        foreach (var folder in folders.Where(f => !f.StartsWith('/')))
            box!.Fault(key, $"names '{folder}', which is not absolute");
        return [.. folders];
    }
}
