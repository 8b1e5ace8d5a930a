using System.Text.Json;
using Muster.GitHubSimulator;

var options = SimulatorOptions.Parse(args, out var fault);
if (options is null)
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine("usage: GitHubSimulator --urls http://127.0.0.1:PORT --data DIR [--token-length 40|520]");
    return 2;
}

await using var host = await SimulatorHost.StartAsync(options);
Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, string> { ["url"] = host.Url }));
await host.WaitForShutdownAsync();
return 0;
