using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Configuration;

namespace Muster.Runner.Loop;

/// <summary>How <c>muster run</c> was asked to run.</summary>
/// <param name="Once">One job, or one empty poll, and then the end.</param>
public sealed record RunOptions(bool Once);

/// <summary>
/// Polls while a slot is free, claims what the bell names, and keeps the slots busy. Its stopping token means drain:
/// no more claims, and running jobs get their grace.
/// </summary>
public sealed partial class JobLoop(
    Doorbell doorbell, SlotWork slots, RunnerSettings settings, RunOptions options, IHostApplicationLifetime lifetime, ILogger<JobLoop> logger)
    : BackgroundService
{
    private readonly Channel<int> _free = Channel.CreateUnbounded<int>();
    private readonly Dictionary<JobId, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var slot = 1; slot <= settings.Slots; slot++)
            _free.Writer.TryWrite(slot);
        try
        {
            await PollAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Draining(_running.Count, settings.DrainGrace);
        }

        await FinishAsync(stoppingToken);
        lifetime.StopApplication();
    }

    private async Task PollAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var slot = await _free.Reader.ReadAsync(stoppingToken);
            var claim = await ClaimAsync(stoppingToken);
            if (claim is null)
                _free.Writer.TryWrite(slot);
            else
                _running[claim.Order.Job] = RunAsync(claim, slot, stoppingToken);
            foreach (var (job, _) in _running.Where(r => r.Value.IsCompleted).ToList())
                _running.Remove(job);
            if (options.Once && (claim is not null || doorbell.WasEmpty))
            {
                if (claim is null)
                    NothingToDo();
                return;
            }
        }
    }

    private Task<ClaimAnswer?> ClaimAsync(CancellationToken stoppingToken) =>
        doorbell.WaitAsync(_free.Reader.Count + 1, [.. _running.Where(r => !r.Value.IsCompleted).Select(r => r.Key)], stoppingToken);

    private async Task RunAsync(ClaimAnswer claim, int slot, CancellationToken stoppingToken)
    {
        try
        {
            await slots.RunAsync(claim, slot, stoppingToken);
        }
        finally
        {
            _free.Writer.TryWrite(slot);
        }
    }

    private async Task FinishAsync(CancellationToken stoppingToken)
    {
        foreach (var running in _running.Values.ToList())
            await running;
        if (stoppingToken.IsCancellationRequested)
            Drained();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing to do: the app has no job for this runner")]
    private partial void NothingToDo();

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: no more claims; {Count} running jobs have {Grace} to end")]
    private partial void Draining(int count, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained")]
    private partial void Drained();
}
