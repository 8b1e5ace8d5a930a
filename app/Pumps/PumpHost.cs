namespace Muster.App.Pumps;

/// <summary>Turns one pump for as long as the app runs. A fault is logged and the pump goes on: nothing else may stop it.</summary>
internal sealed partial class PumpHost<TPump>(TPump pump, Pulse pulse, ILogger<PumpHost<TPump>> logger) : BackgroundService
    where TPump : IPump
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var beat = pulse.Next;
            var period = AfterFault;
            try
            {
                while (await pump.TurnAsync(stoppingToken))
                {
                }

                // The turns may have learned when the next one is worth while.
                period = pump.Period;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                TurnFailed(fault, typeof(TPump).Name);
                beat = Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
            }

            await pulse.WaitAsync(beat, period, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn of {Pump} failed; it will be tried again")]
    private partial void TurnFailed(Exception fault, string pump);
}
