using FakeAgent.Acts;
using FakeAgent.Review;

namespace FakeAgent;

/// <summary>Reads the brief to its end, acts, and reports: an agent that does what it is told, good or bad.</summary>
internal static class Agent
{
    private const int ScriptFault = 3;
    private const int NothingToReview = 4;

    public static async Task<int> RunAsync(string[] args, Job job)
    {
        try
        {
            var options = Options.Read(args);
            using var input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            await input.CopyToAsync(bytes);
            var brief = bytes.ToArray();
            var stage = new Stage(job, new RunLog(options.Log, job, args, brief));
            var code = await ActAsync(stage, options, System.Text.Encoding.UTF8.GetString(brief));
            stage.Log.Write(ended: true);
            return code;
        }
        catch (ScriptException e)
        {
            await Console.Error.WriteLineAsync($"fake-agent: {e.Message}");
            return ScriptFault;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"fake-agent: {e.Message}");
            return ScriptFault;
        }
    }

    private static async Task<int> ActAsync(Stage stage, Options options, string brief)
    {
        var entry = Script.Find(options, brief, stage.Job);
        foreach (var act in entry?.Acts ?? [])
        {
            Console.WriteLine($"act: {act.Name}");
            if (await Catalogue.Find(act.Name)(act, stage) is { } code)
                return code;
        }

        // A script may dictate a verdict; without one the reviewer reads the diff, and only the diff.
        if (stage.Job.IsReview && entry?.Report is null && stage.RawReport is null)
        {
            if (Reviewer.Judge(brief) is not { } verdict)
            {
                await Console.Error.WriteLineAsync("fake-agent: the brief holds no diff, so there is nothing to judge");
                return NothingToReview;
            }

            Console.WriteLine(verdict.Summary);
            stage.Report(verdict.ToJson());
            return 0;
        }

        stage.Report(stage.RawReport ?? entry?.Report?.GetRawText() ?? Reports.Done);
        return 0;
    }
}
