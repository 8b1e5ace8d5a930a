using Muster.Demo.Staging;

namespace Muster.Proofs.Crashes;

/// <summary>Looks for agents and sandboxes that outlived their jobs.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What still runs although no job does. The end of a sandbox takes a moment to reach everything in it.</summary>
    public static async Task<IReadOnlyList<Thing>> OfAsync(Stage stage, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await Poll.UntilAsync(_ => Task.FromResult(!Running(stage).Any()), Poll.Often, patience.Token);
            return [];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [.. Running(stage).Select(command => new Thing("sandbox process", $"({command})") { IsWrong = true })];
        }
    }

    // Agents come from one folder of the stage, and every sandbox is told of folders in the runner's home.
    private static IEnumerable<string> Running(Stage stage) =>
        from folder in Directory.EnumerateDirectories("/proc")
        where Path.GetFileName(folder).All(char.IsAsciiDigit)
        let command = CommandOf(folder)
        where command.Contains($"{stage.Folder}/runner/", StringComparison.Ordinal) || command.Contains($"{stage.Folder}/agent/", StringComparison.Ordinal)
        select command.Length > 80 ? command[..80] : command;

    private static string CommandOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ').Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
