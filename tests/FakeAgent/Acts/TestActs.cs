namespace FakeAgent.Acts;

/// <summary>Tests, wanted or not.</summary>
internal static class TestActs
{
    public static void Add(Act act) =>
        Insert(act.Text("file"), [act.Text("name")], act.Text("body", "Assert.True(1 + 1 == 2);"));

    public static void AddMany(Act act)
    {
        var file = act.Text("file", "tests/EndlessTests.cs");
        Insert(file, Enumerable.Range(1, act.Number("n", 50)).Select(i => $"Generated_case_{i}"), "Assert.True(1 + 1 == 2);");
    }

    private static void Insert(string file, IEnumerable<string> names, string body)
    {
        if (Path.GetExtension(file) == ".py")
        {
            var functions = names.Select(name => $"\n\ndef {name}():\n    assert 1 + 1 == 2\n");
            FileActs.Save(file, (File.Exists(file) ? File.ReadAllText(file) : "") + string.Concat(functions));
            return;
        }

        var text = File.Exists(file)
            ? File.ReadAllText(file)
            : $"using Xunit;\n\nnamespace Generated;\n\npublic sealed class {Path.GetFileNameWithoutExtension(file)}\n{{\n}}\n";
        var end = text.LastIndexOf('}');
        if (end < 0)
            throw new ScriptException($"no class ends in {file}");
        var gap = text[..end].TrimEnd().EndsWith('{') ? "" : "\n";
        var methods = string.Join('\n', names.Select(name => $"    [Fact]\n    public void {name}()\n    {{\n        {body}\n    }}\n"));
        FileActs.Save(file, text[..end].TrimEnd() + "\n" + gap + methods + text[end..]);
    }
}
