using System.Globalization;
using Microsoft.Extensions.Logging;
using Muster.Runner.Configuration;
using Serilog;
using Serilog.Events;

namespace Muster.Runner.Cli;

/// <summary>The operator's log: short on standard error, with everything in files under the home.</summary>
public static class RunnerLog
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static ILoggingBuilder AddRunnerLog(this ILoggingBuilder logging, RunnerHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        var log = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: CultureInfo.InvariantCulture)
            .WriteTo.File(
                Path.Combine(home.Logs, "muster-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: 64 * 1024 * 1024,
                rollOnFileSizeLimit: true,
                formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        return logging.AddSerilog(log, dispose: true);
    }
}
