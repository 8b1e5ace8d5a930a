using System.Globalization;
using System.Text.Json;
using Muster.Benchmarks;

var names = args.Where(a => !a.StartsWith('-')).ToList();
var unknown = args.Where(a => a.StartsWith('-') && a != "--json").Concat(names.Where(n => Catalogue.Find(n) is null)).Concat(names.Skip(1)).ToList();
if (args is ["--help" or "-h" or "help", ..] || unknown.Count > 0)
{
    var output = unknown.Count > 0 && args[0] is not ("--help" or "-h" or "help") ? Console.Error : Console.Out;
    output.WriteLine("usage: ./bot bench [NAME] [--json]");
    output.WriteLine(string.Join('\n', Catalogue.All.Select(b => $"  {b.Name,-14} {b.Says}")));
    return ReferenceEquals(output, Console.Error) ? 2 : 0;
}

var json = args.Contains("--json");
var results = new Dictionary<string, IReadOnlyList<Measured>>();
foreach (var benchmark in Catalogue.All.Where(b => names.Count == 0 || names.Contains(b.Name)))
{
    Console.Error.WriteLine($"{benchmark.Name}: {benchmark.Says}");
    results[benchmark.Name] = await benchmark.RunAsync(CancellationToken.None);
    foreach (var measured in json ? [] : results[benchmark.Name])
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"  {measured.What,-44} {measured.Value,10:0.00} {measured.Unit,-4} {measured.Ratio,8:0.00} x baseline");
        Console.WriteLine(line);
    }
}

if (json)
{
    Console.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
}

return 0;
