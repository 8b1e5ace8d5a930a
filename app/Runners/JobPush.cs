using System.Collections.Concurrent;
using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Runners;

/// <summary>Hands tokens to the current claim of a job, each for one repository and one purpose, and takes push tokens back when the claim ends.</summary>
internal sealed class JobPush(Ledger ledger, InstallationTokens tokens)
{
    private readonly ConcurrentDictionary<JobId, (InstallationToken Token, Epoch Epoch)> handedOut = new();

    public async Task<IResult> FetchTokenAsync(JobId id, RunnerCall<EpochRequest> call, CancellationToken cancellationToken)
    {
        if (await RepositoryAsync(id, call.Runner, call.Body.Epoch, cancellationToken) is not { } held)
        {
            return Answers.Stale();
        }

        return await tokens.GetAsync(GitHubIdentity.Author, held.Repository.Target, Act.Fetch, cancellationToken) is Answer<InstallationToken>.Ok ok
            ? Answers.Ok(new TokenAnswer(ok.Value.Token))
            : Answers.Unknown("GitHub gave no token to fetch with.");
    }

    public async Task<IResult> PushAsync(JobId id, RunnerCall<PushRequest> call, CancellationToken cancellationToken)
    {
        var wish = call.Body;
        if (await RepositoryAsync(id, call.Runner, wish.Epoch, cancellationToken) is not { } held)
        {
            return Answers.Stale();
        }

        if (!wish.Gates.Passed)
        {
            return Answers.Ok(new PushAnswer(false, "The gates refused this change, so it is not pushed.", null, null));
        }

        var expected = held.Item.Pull is null ? null : held.Item.Head;
        if (wish.RemoteSeen is { } seen)
        {
            // Only an earlier claim of the same job may be replaced: its runner died after the push.
            if (wish.RemoteTrailer != $"{id.Value}")
            {
                return Answers.Ok(new PushAnswer(false, $"The branch stands at {seen.Abbreviated}, which is not this job's work.", null, null));
            }

            expected = seen;
        }

        if (await tokens.MintAsync(GitHubIdentity.Author, held.Repository.Target, Act.Push, cancellationToken) is not Answer<InstallationToken>.Ok { Value: var token })
        {
            return Answers.Unknown("GitHub gave no token to push with.");
        }

        await RevokeAsync(id, cancellationToken);
        handedOut[id] = (token, wish.Epoch);
        // The claim may have ended while GitHub was asked: a token goes only to the current epoch.
        return await ledger.StepAsync(held.Repository.RepoId, step =>
        {
            if (JobClaims.Held(step.Db, id, call.Runner, wish.Epoch) is not { } job)
            {
                return Answers.Stale();
            }

            step.Save(job with { Pushing = wish.Head });
            return Answers.Ok(new PushAnswer(true, null, token.Token, expected));
        }, cancellationToken);
    }

    /// <summary>Ends the push tokens of claims that no longer speak for their job: lost, cancelled or over.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, held) in handedOut)
        {
            if (await ledger.ReadAsync(db => Rows.Job(db, id), cancellationToken) is not { State: JobState.Leased } job || job.Epoch != held.Epoch)
            {
                await RevokeAsync(id, cancellationToken);
            }
        }
    }

    /// <summary>Ends the push token of a job; where GitHub cannot be asked, the next sweep tries again.</summary>
    public async Task RevokeAsync(JobId id, CancellationToken cancellationToken)
    {
        // Taken out first: a report and the sweep may come at the same time, and the second would be refused.
        if (!handedOut.TryRemove(id, out var held))
        {
            return;
        }

        var ended = false;
        try
        {
            ended = await tokens.RevokeAsync(held.Token, cancellationToken) is Answer<Done>.Ok;
        }
        finally
        {
            if (!ended)
            {
                handedOut.TryAdd(id, held);
            }
        }
    }

    private Task<(Item Item, RepositoryRow Repository)?> RepositoryAsync(JobId id, RunnerRow runner, Epoch epoch, CancellationToken cancellationToken) =>
        ledger.ReadAsync<(Item, RepositoryRow)?>(
            db => JobClaims.Held(db, id, runner, epoch) is { } job && Rows.Item(db, job.Item) is { } item && Repositories.Find(db, job.Repo) is { } repository
                ? (item, repository)
                : null,
            cancellationToken);
}
