using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Facts;
using Muster.App.GitHub;
using Muster.App.Pumps;
using Muster.App.Settings;
using Muster.App.Telemetry;
using Muster.Core;
using Muster.Core.Planning;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Waves;

/// <summary>
/// Plans: waves that have gathered, and waves whose items may stand differently now. Every item of the repository that
/// waits to be placed is placed anew, whatever its wave.
/// </summary>
internal sealed partial class PlanPump(Ledger ledger, PlanFactsReader facts, AppSettings settings, Timings timings, ILogger<PlanPump> logger) : IPump
{
    private static readonly TimeSpan WhileUnknown = TimeSpan.FromSeconds(5);

    private readonly Dictionary<RepoId, DateTimeOffset> later = [];

    public TimeSpan Period => TimeSpan.FromSeconds(Math.Clamp(settings.Durations.Gather.TotalSeconds / 4, 0.05, 2));

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var due = await ledger.ReadAsync(Next, cancellationToken);
        if (due is not { } repo)
        {
            return false;
        }

        return await timings.MeasureAsync("3 plan", () => PlanAsync(repo, cancellationToken));
    }

    private async Task<bool> PlanAsync(RepoId repo, CancellationToken cancellationToken)
    {
        var (repository, items, waves) = await ledger.ReadAsync(
            db => (Repositories.Find(db, repo)!, ToPlace(db, repo), Rows.PlanningWaves(db, repo).Where(Due).ToDictionary(w => w.Id, w => w.PlansWanted)), cancellationToken);
        switch (await ReadAsync(repository, items, cancellationToken))
        {
            case Answer<PlanFacts>.Ok { Value: var found }:
                var plan = found.Plan();
                CrashPoint.Here("app.before-plan");
                await ledger.StepAsync(repo, step => Place(step, plan, found, [.. items.Select(i => i.Id)], waves), cancellationToken);
                CrashPoint.Here("app.after-plan");
                Planned(repository.FullName, plan.Placements.Count, plan.Width);
                PutOff(repo, found.Complete ? TimeSpan.Zero : WhileUnknown);
                break;
            case var unknown:
                // Nothing is known, so nothing is placed and nothing is lost: the plan stays due.
                PutOff(repo, WhileUnknown);
                NotPlanned(repository.FullName, unknown.ToString());
                break;
        }

        return true;
    }

    /// <summary>A repository that cannot be planned must not keep the others waiting.</summary>
    private async Task<Answer<PlanFacts>> ReadAsync(RepositoryRow repository, IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        try
        {
            return await facts.ReadAsync(repository, items, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Faulted(fault, repository.FullName);
            return new Answer<PlanFacts>.Unknown(fault.Message);
        }
    }

    private void PutOff(RepoId repo, TimeSpan by)
    {
        if (by > TimeSpan.Zero)
        {
            later[repo] = ledger.Now + by;
        }
        else
        {
            later.Remove(repo);
        }
    }

    private RepoId? Next(SqliteConnection db) => Rows.PlanningWaves(db, null)
        .Where(w => Due(w) && !(later.GetValueOrDefault(w.Repo) > ledger.Now))
        .Select(w => (RepoId?)w.Repo)
        .FirstOrDefault();

    private bool Due(Wave wave) => wave.State == WaveState.Gathering
        ? wave.Hurried || ledger.Now - wave.LastTrigger >= settings.Durations.Gather || ledger.Now - wave.Opened >= settings.Durations.GatherAtMost
        : wave.Replan;

    /// <summary>All that waits to be placed, but for what still gathers: its plan comes when it is complete.</summary>
    private List<Item> ToPlace(SqliteConnection db, RepoId repo)
    {
        var gathering = Rows.PlanningWaves(db, repo).Where(w => w.State == WaveState.Gathering && !Due(w)).Select(w => w.Id).ToHashSet();
        return [.. Rows.OpenItems(db, repo).Where(i => i.State is ItemState.Proposed or ItemState.Waiting && !gathering.Contains(i.Wave))];
    }

    /// <param name="waves">Those that were due, with what was wanted of them when the facts were gathered.</param>
    private static void Place(LedgerStep step, WavePlan plan, PlanFacts found, IReadOnlyList<ItemId> planned, IReadOnlyDictionary<WaveId, int> waves)
    {
        var items = planned.Select(id => Rows.Item(step.Db, id)).OfType<Item>().OrderBy(i => i.Issue.Value).ToList();
        foreach (var item in items)
        {
            if (plan.Placements.TryGetValue(item.Issue, out var placement))
            {
                step.Happened(item, Placing.EventOf(item, placement, found));
            }
        }

        foreach (var wave in waves.Keys.Union(items.Select(i => i.Wave)).Select(id => Rows.Wave(step.Db, id)!))
        {
            var answered = found.Complete ? waves.GetValueOrDefault(wave.Id, wave.PlansMade) : wave.PlansMade;
            Revise(step, wave with { PlansMade = Math.Max(wave.PlansMade, answered), PolicyProblems = found.PolicyProblems, WithoutRetro = !found.Policy.Retro }, plan, [.. items.Where(i => i.Wave == wave.Id)]);
        }
    }

    private static void Revise(LedgerStep step, Wave wave, WavePlan plan, IReadOnlyList<Item> items)
    {
        var revised = wave with { State = wave.State == WaveState.Gathering ? WaveState.Running : wave.State, Revision = wave.Revision + 1 };
        step.Save(revised);
        if (items.Count > 0 || wave.State == WaveState.Gathering)
        {
            int Count(string word) => items.Count(i => plan.Placements.GetValueOrDefault(i.Issue)?.Word == word);
            PlanRows.Save(step.Db, step.Now, wave.Id, revised.Revision, plan);
            step.Record(new FlightEvent.PlanMade(revised.Revision, Count("runs"), Count("waits"), Count("taken"), Count("refused")), wave.Id);
        }

        step.Wish(new Effect.PutStatus(wave.Id), wave.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Planned {Repository}: {Issues} issues placed, {Width} run now")]
    private partial void Planned(string repository, int issues, int width);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plan of {Repository} is put off: {Why}")]
    private partial void NotPlanned(string repository, string? why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The plan of {Repository} failed")]
    private partial void Faulted(Exception fault, string repository);
}

/// <summary>Plans as they were made, with their revisions.</summary>
internal static class PlanRows
{
    public static void Save(SqliteConnection db, DateTimeOffset at, WaveId wave, int revision, WavePlan plan) => db.Execute(
        "INSERT INTO plans(wave, revision, at, data) VALUES (@wave, @revision, @at, @data)",
        new { wave = wave.Value, revision, at, data = WireJson.Write(plan.Placements.Select(p => new { issue = p.Key, placement = p.Value }).ToList()) });
}
