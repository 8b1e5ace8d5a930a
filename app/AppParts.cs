using Muster.App.Facts;
using Muster.App.Intake;
using Muster.App.Mirror;
using Muster.App.Outbox;
using Muster.App.Outbox.Actors;
using Muster.App.Pumps;
using Muster.App.Queues;
using Muster.App.Reconcile;
using Muster.App.Runners;
using Muster.App.Setup;
using Muster.App.Status;
using Muster.App.Telemetry;
using Muster.App.Waves;
using Muster.App.Webhooks;

namespace Muster.App;

/// <summary>What each part of the app is made of.</summary>
internal static class AppParts
{
    public static IServiceCollection AddMirror(this IServiceCollection services) => services
        .AddSingleton<GitProcess>()
        .AddSingleton<MirrorFolder>()
        .AddSingleton<Mirrors>()
        .AddSingleton<MirrorChange>();

    public static IServiceCollection AddFacts(this IServiceCollection services) => services
        .AddSingleton<RepoTreeReader>()
        .AddSingleton<PullFacts>()
        .AddSingleton<TieFacts>()
        .AddSingleton<PlanFactsReader>()
        .AddSingleton<PlanPreview>()
        .AddSingleton<CleanIssues>();

    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<Permissions>()
        .AddSingleton<WriterComments>()
        .AddSingleton<InstallationHandler>()
        .AddSingleton<PullFate>()
        .AddSingleton<IssueHandler>()
        .AddSingleton<Commander>()
        .AddSingleton<CommentHandler>()
        .AddSingleton<PullHandler>()
        .AddSingleton<EventHandlers>()
        .AddPump<IntakePump>()
        .AddPump<OldDeliveries>();

    public static IServiceCollection AddWaves(this IServiceCollection services) => services
        .AddSingleton<Pulse>()
        .AddSingleton<Timings>()
        .AddSingleton<Ledger>()
        .AddPump<PlanPump>()
        .AddPump<RestPump>();

    public static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<Identities>()
        .AddSingleton<Markers>()
        .AddSingleton<OwnComments>()
        .AddSingleton<OutboxReceipts>()
        .AddSingleton<OutboxOrder>()
        .AddSingleton<IEffectActor, PullActor>()
        .AddSingleton<IEffectActor, ReadyActor>()
        .AddSingleton<IEffectActor, ReviewActor>()
        .AddSingleton<IEffectActor, CheckActor>()
        .AddSingleton<IEffectActor, SayActor>()
        .AddSingleton<IEffectActor, StatusActor>()
        .AddSingleton<IEffectActor, LabelActor>()
        .AddSingleton<IEffectActor, ReactActor>()
        .AddSingleton<IEffectActor, RetroActor>()
        .AddPump<OutboxPump>();

    public static IServiceCollection AddRunners(this IServiceCollection services) => services
        .AddSingleton<RunnerCallReader>()
        .AddSingleton<Doorbell>()
        .AddSingleton<JobOrders>()
        .AddSingleton<JobClaims>()
        .AddSingleton<JobPush>()
        .AddSingleton<JobReports>()
        .AddSingleton<RunnerEndpoints>()
        .AddPump<LeasePump>();

    public static IServiceCollection AddReconcile(this IServiceCollection services) => services
        .AddSingleton<MissedEvents>()
        .AddSingleton<LabelSweep>()
        .AddSingleton<LostDeliveries>()
        .AddSingleton<DuplicateSweep>()
        .AddSingleton<InstallationSweep>()
        .AddPump<Reconciler>();

    public static IServiceCollection AddStatus(this IServiceCollection services) => services
        .AddSingleton<StatusPage>()
        .AddSingleton<AppsDoctor>()
        .AddSingleton<StatusEndpoints>();

    private static IServiceCollection AddPump<TPump>(this IServiceCollection services)
        where TPump : class, IPump => services
        .AddSingleton<TPump>()
        .AddHostedService<PumpHost<TPump>>();
}
