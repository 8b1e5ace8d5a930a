namespace FakeAgent;

/// <summary>What acts share: the job, the log, and a report that an act may have replaced.</summary>
internal sealed class Stage(Job job, RunLog log)
{
    public Job Job => job;

    public RunLog Log => log;

    /// <summary>Stands in for the report, as it is.</summary>
    public string? RawReport { get; set; }

    public void Report(string text)
    {
        if (job.Output is { Length: > 0 } file)
            File.WriteAllText(file, text);
        else
            Console.WriteLine(text);
    }
}
