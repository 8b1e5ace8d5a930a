using Microsoft.AspNetCore.Connections;
using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>Serves <c>/setup</c> in the app's place, until there is an App to be. Only <c>./bot up</c> asks for it, by naming the folder.</summary>
public static class SetupHost
{
    /// <summary>The setting that <c>./bot up</c> makes: where it keeps the Apps' credentials.</summary>
    public const string FolderKey = "Muster:Setup";

    /// <summary>The folder, where the program runs under <c>./bot up</c>.</summary>
    public static SetupFolder? FolderOf(IConfiguration configuration) =>
        configuration[FolderKey]?.Trim() is { Length: > 0 } path ? new SetupFolder(path) : null;

    /// <summary>Whether the app can start with what it is given or what was stored; without <c>./bot up</c> that is for the settings to say.</summary>
    public static bool IsNeeded(IConfiguration configuration) =>
        FolderOf(configuration) is { IsComplete: false }
        && !SetupFolder.IsGiven(configuration, GitHub.GitHubIdentity.Author);

    /// <summary>Serves until a person has set everything up.</summary>
    /// <param name="end">Ends it before that, as Ctrl-C does.</param>
    /// <returns>False where the program was asked to end before.</returns>
    /// <exception cref="StartException">It would be served to others, or cannot be served.</exception>
    public static async Task<bool> RunAsync(WebApplicationBuilder builder, TimeProvider time, TextWriter console, Task? end = null)
    {
        if (Listening.BeyondLoopback(builder.Configuration) is [var open, ..])
            throw new StartException($"ASPNETCORE_URLS: there is no GitHub App yet, and /setup is served on loopback alone, which {open} is not. Listen on http://127.0.0.1:8300 until the App is set up, or give Muster__GitHub__AppId and its fellows.");
        var github = SettingsSource.Address(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });

        using var http = ManifestConversion.ClientFor(github);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var door = new SetupDoor(time, console);
        await using var app = builder.Build();
        new SetupEndpoints(github, FolderOf(builder.Configuration)!, door, new ManifestConversion(http, github), () => done.TrySetResult()).Map(app);
        try
        {
            await app.StartAsync();
        }
        catch (Exception fault) when (fault is IOException or AddressInUseException or FormatException)
        {
            throw new StartException($"ASPNETCORE_URLS: {fault.Message}");
        }

        console.WriteLine("There is no GitHub App yet.");
        door.ShowCode($"{app.Urls.First()}/setup");
        await Task.WhenAny([done.Task, app.WaitForShutdownAsync(), .. end is null ? Array.Empty<Task>() : [end]]);
        await app.StopAsync();
        return done.Task.IsCompleted;
    }
}
