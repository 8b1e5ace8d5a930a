using Muster.Runner.Cli;

return await MusterCommand.Build().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
