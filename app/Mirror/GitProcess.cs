using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Muster.App.Mirror;

/// <summary>What a git command printed and how it ended.</summary>
internal sealed record GitResult(int ExitCode, byte[] Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>
/// The only place in the app that starts a process: git, on bare repositories that the app owns. It inherits nothing:
/// no environment, no configuration of system or user, no hooks, no prompt.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one child process that the app has, as its summary says.")]
internal sealed class GitProcess(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // A tree of a hundred thousand paths is ten megabytes; nothing we ask for is larger than this.
    private const int MostOutput = 256 << 20;

    private static readonly (string Key, string Value)[] Settings =
    [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("fetch.fsckObjects", "true"),
        ("transfer.fsckObjects", "true"),
        ("protocol.allow", "never"),
        ("protocol.http.allow", "always"),
        ("protocol.https.allow", "always"),
        ("credential.helper", ""),
        ("http.followRedirects", "initial"),
    ];

    /// <param name="authorization">The value of an Authorization header for the remote; handed over by environment, so that no process list, address or file shows it.</param>
    public async Task<GitResult> RunAsync(
        string folder, IReadOnlyList<string> arguments, byte[]? input, string? authorization, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Info(folder, arguments, authorization) };
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            return new GitResult(-1, [], $"git does not start: {fault.Message}");
        }

        using var over = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, stop.Token);
            var error = ReadAsync(process.StandardError.BaseStream, stop.Token);
            await WriteAsync(process, input, stop.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(stop.Token);
            return new GitResult(process.ExitCode, await output, Encoding.UTF8.GetString(await error));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new GitResult(-1, [], $"git took longer than {Limit.TotalMinutes:0} minutes");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo Info(string folder, IReadOnlyList<string> arguments, string? authorization)
    {
        var info = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = info.Environment["PATH"];
        info.Environment.Clear();
        info.Environment["PATH"] = path;
        info.Environment["HOME"] = "/nonexistent";
        info.Environment["LC_ALL"] = "C.UTF-8";
        info.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        info.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        info.Environment["GIT_TERMINAL_PROMPT"] = "0";
        var settings = authorization is null ? Settings : [.. Settings, ("http.extraHeader", $"Authorization: {authorization}")];
        info.Environment["GIT_CONFIG_COUNT"] = $"{settings.Length}";
        for (var i = 0; i < settings.Length; i++)
        {
            info.Environment[$"GIT_CONFIG_KEY_{i}"] = settings[i].Key;
            info.Environment[$"GIT_CONFIG_VALUE_{i}"] = settings[i].Value;
        }

        return info;
    }

    private static async Task WriteAsync(Process process, byte[]? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // git ended before it read everything; its exit code and words say why.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (all.Length + read > MostOutput)
            {
                throw new IOException("git printed more than it can have been asked for");
            }

            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
