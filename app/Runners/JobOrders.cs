using Microsoft.Data.Sqlite;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.Core.Prompts;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Runners;

/// <summary>Writes the order for a job that was just claimed.</summary>
internal sealed class JobOrders(AppSettings settings)
{
    /// <summary>An agent that neither writes nor changes anything for so long is stalled.</summary>
    private const int SilenceSeconds = 600;

    private const long OutputBytes = 4 << 20;

    public JobOrder Write(SqliteConnection db, Job job)
    {
        var item = Rows.Item(db, job.Item) ?? throw new InvalidOperationException($"{job.Id} belongs to no item.");
        var repository = Repositories.Find(db, job.Repo) ?? throw new InvalidOperationException($"{job.Id} belongs to no repository.");
        var terms = item.Terms ?? throw new InvalidOperationException($"{item.Id} was never placed.");
        return new JobOrder
        {
            Job = job.Id,
            Epoch = job.Epoch,
            Kind = job.Wanted.Kind,
            Repository = repository.Name,
            Public = !repository.Private,
            CloneUrl = $"{settings.GitHub.Server.AbsoluteUri.TrimEnd('/')}/{repository.FullName}.git",
            Issue = item.Issue,
            Attempt = job.Wanted.Attempt,
            Round = job.Wanted.Round,
            Agent = job.Agent ?? "",
            Base = job.Wanted.Base,
            Start = job.Wanted.Start,
            Branch = item.Branch,
            Brief = PromptBuilder.Build(item, job, terms.Contract, terms.Notes),
            Contract = terms.Contract,
            Gates = terms.Gates,
            Limits = new JobLimits(terms.Minutes * 60, Math.Min(SilenceSeconds, terms.Minutes * 60), OutputBytes),
            Commit = job.Wanted.Kind == JobKind.Implement
                ? new CommitRecipe(PullWords.Commit(item, job.Id), job.Created.ToUnixTimeSeconds())
                : null,
        };
    }
}
