namespace FakeAgent;

/// <summary>The command line: all of it optional, since the script usually stands in the brief.</summary>
internal sealed record Options(string? Script = null, string? Do = null, string? Log = null)
{
    public const string Usage = "usage: dotnet FakeAgent.dll [--script FILE] [--do ACT] [--log FILE] < brief";

    public static Options Read(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var at = 0; at < args.Count; at += 2)
        {
            if (at + 1 == args.Count)
                throw new ScriptException(Usage);
            options = args[at] switch
            {
                "--script" => options with { Script = args[at + 1] },
                "--do" => options with { Do = args[at + 1] },
                "--log" => options with { Log = args[at + 1] },
                _ => throw new ScriptException(Usage),
            };
        }

        return options;
    }
}
