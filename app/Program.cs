using Muster.App;
using Muster.App.Settings;
using Muster.App.Setup;

try
{
    if (AppBuilder.Begin(args) is var setup && SetupHost.IsNeeded(setup.Configuration) && !await SetupHost.RunAsync(setup, TimeProvider.System, Console.Out))
        return 0;
    await using var app = AppBuilder.Build(args);
    await AppBuilder.StartAsync(app);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (StartException refusal)
{
    Console.Error.WriteLine("muster-app does not start:");
    foreach (var fault in refusal.Faults)
        Console.Error.WriteLine($"  {fault}");
    return 2;
}
