namespace FakeAgent.Acts;

/// <summary>What an agent says while it works.</summary>
internal static class TalkActs
{
    public static void Print(Act act) => Console.WriteLine(act.Text("text"));

    public static void Flood(Act act)
    {
        var line = new string('x', 79) + "\n";
        using var output = Console.OpenStandardOutput();
        var chunk = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 800)));
        for (long left = act.Number("bytes", 10_000_000); left > 0; left -= chunk.Length)
            output.Write(chunk, 0, (int)Math.Min(left, chunk.Length));
    }

    public static Task<int?> AskLoginAsync(Act act, Stage stage)
    {
        Console.WriteLine("Invalid API key · Please run /login");
        return EndActs.ExitAsync(act, stage, 1);
    }
}
