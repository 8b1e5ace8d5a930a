using Muster.Core.Gates;
using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Evidence;
using Muster.Runner.Loop;

namespace Muster.Runner.Work;

/// <summary>Judges what an implementer left: by git, by acceptance, by the gates; and publishes what passes.</summary>
public sealed class ImplementWork(WorkIntake intake, AcceptanceCheck acceptance, Publisher publisher, CrashPoint crash)
{
    public async Task<JobReport> JudgeAsync(Prepared job, AgentEnd end, JobCalls calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var order = job.Order;
        var (made, change) = await intake.TakeAsync(job, cancellationToken);
        var said = EndReports.ReadAuthor(job.Folder.EndReport).Report;
        var judgement = Classifier.Judge(new RunFacts(end, made.Moved, said is not null, said?.Status), order.Limits);
        var run = RunRecord.Of(job, end, judgement.Outcome);
        if (judgement.Failure is { } failure)
            return new JobReport.Failed(failure, Sentence(judgement, said), end.LastLines) { Run = run };
        var evidence = made.Moved
            ? await acceptance.RunAsync(order, job.Folder, made.Head, job.Placed, cancellationToken)
            : Core.Wire.Evidence.None;
        crash.Here("runner.after-evidence");
        var gates = GateRun.Evaluate(change, evidence, order.Contract, order.Gates);
        if (!gates.Passed)
            return new JobReport.GatesRefused(evidence, gates) { Run = run };
        var rejected = await publisher.PublishAsync(job, made.Head, evidence, gates, calls, cancellationToken);
        return rejected is null
            ? new JobReport.Implemented(made.Head, evidence, gates, said) { Run = run }
            : rejected with { Run = run };
    }

    private static string Sentence(Judgement judgement, AuthorReport? said) =>
        judgement.Failure == FailureClass.GaveUp && said is not null ? $"{judgement.What} {said.Summary}" : judgement.What;
}
