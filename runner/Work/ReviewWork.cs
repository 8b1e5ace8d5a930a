using Muster.Core.Wire;
using Muster.Runner.Agents;

namespace Muster.Runner.Work;

/// <summary>Has a reviewer answer. What it did to its checkout is thrown away.</summary>
public static class ReviewWork
{
    public static JobReport Judge(Prepared job, AgentEnd end)
    {
        ArgumentNullException.ThrowIfNull(job);
        var read = EndReports.ReadReview(job.Folder.EndReport);
        var facts = new RunFacts(end, Worked: read.Report is not null, HasReport: read.Report is not null, Said: null);
        var judgement = Classifier.Judge(facts, job.Order.Limits);
        var run = RunRecord.Of(job, end, judgement.Outcome);
        if (judgement.Failure is { } failure)
            return new JobReport.Failed(failure, judgement.What, end.LastLines) { Run = run };
        if (read.Report is { } report)
            return new JobReport.Reviewed(job.Order.Start, report.Approves, report.Summary, report.Findings) { Run = run };
        var why = read.Fault is { } fault ? $"The reviewer's answer is not in the schema: {fault}" : "The reviewer ended without an answer.";
        return new JobReport.Failed(FailureClass.NoAnswer, why, end.LastLines) { Run = run };
    }
}
