using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Muster.Demo.Staging;
using Muster.Proofs;

if (args.Length == 0 || args[0] is "--help" or "-h" or "help")
{
    Console.WriteLine(ProofOptions.Usage);
    return 0;
}

if (ProofOptions.Read(args, out var fault) is not { } options)
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine(ProofOptions.Usage);
    return 2;
}

using var interrupted = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The stages are taken down in order; a second signal ends this at once.
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

// Standard output belongs to the result: figures, seed, and what did not hold.
Console.Error.WriteLine($"{options.Proof.Name}: seed {options.Seed}");
ProofOutcome outcome;
try
{
    outcome = await options.Proof.RunAsync(new ProofRun(options.Runs, options.Seed, Console.Error) { Asked = options.Asked }, interrupted.Token);
}
catch (StageException failure)
{
    Console.Error.WriteLine($"{failure.Message} (seed {options.Seed}{(failure.Log is { } log ? $", {log}" : "")})");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"Not finished (seed {options.Seed}).");
    return interrupted.IsCancellationRequested ? 130 : 1;
}

var runs = outcome.Runs ?? options.Runs;
if (options.Json)
{
    var document = new { proof = options.Proof.Name, runs, seed = options.Seed, holds = outcome.Holds, figures = outcome.Figures, broken = outcome.Broken };
    Console.WriteLine(JsonSerializer.Serialize(document));
}
else
{
    foreach (var (name, value) in outcome.Figures)
    {
        Console.WriteLine($"{name,-24} {value.ToString("0.###", CultureInfo.InvariantCulture)}");
    }

    foreach (var broken in outcome.Broken)
    {
        Console.WriteLine($"did not hold: {broken}");
    }

    Console.WriteLine($"{(outcome.Holds ? "holds" : "DOES NOT HOLD")}, {runs} {(runs == 1 ? "run" : "runs")}, seed {options.Seed}");
}

return outcome.Holds ? 0 : 1;
