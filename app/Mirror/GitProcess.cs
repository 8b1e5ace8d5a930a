using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Muster.App.Settings;

namespace Muster.App.Mirror;

/// <summary>How a git command ended.</summary>
/// <param name="Error">The end of what it wrote to standard error.</param>
internal sealed record GitRun(int ExitCode, byte[] Output, string Error)
{
    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>What a git command is given beside its arguments.</summary>
internal sealed record GitInput
{
    public static GitInput None { get; } = new();

    public byte[] Bytes { get; init; } = [];

    public string? Token { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Starts git, the only program the app ever starts.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "This is the one place that may.")]
internal sealed class GitProcess(AppSettings settings, TimeProvider time)
{
    private const int LargestOutput = 256 * 1024 * 1024;
    private const int KeptOfErrors = 4000;
    private static readonly Version Oldest = new(2, 38);

    private readonly GitEnvironment environment = new(settings);

    /// <exception cref="StartException">There is no git, or one too old to merge without a work tree.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var run = await RunAsync("/", ["version"], GitInput.None, cancellationToken);
            var words = run.Text.Split(' ', '\n');
            if (words.Length > 2 && Version.TryParse(string.Join('.', words[2].Split('.').Take(2)), out var found) && found >= Oldest)
                return;
            throw new StartException($"git: version {Oldest} or later is needed; this is {run.Text.Trim()}");
        }
        catch (IOException fault)
        {
            throw new StartException($"git: cannot be started ({fault.Message}). Install git {Oldest} or later.");
        }
    }

    /// <exception cref="IOException">It could not be started, did not end in time, or said more than anybody can read.</exception>
    public async Task<GitRun> RunAsync(
        string folder, IReadOnlyList<string> arguments, GitInput input, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(input.Limit, time);
        using var process = Start(folder, arguments, input.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var errors = TailAsync(process.StandardError, either.Token);
            var feeding = FeedAsync(process.StandardInput.BaseStream, input.Bytes, either.Token);
            var output = await ReadAsync(process.StandardOutput.BaseStream, either.Token);
            await feeding;
            var error = await errors;
            await process.WaitForExitAsync(either.Token);
            return new GitRun(process.ExitCode, output, error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"git {arguments[0]} did not end within {input.Limit.TotalSeconds} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(string folder, IReadOnlyList<string> arguments, string? token)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.For(token))
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    private static async Task FeedAsync(Stream input, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteAsync(bytes, cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // It ended without reading all; its exit code says why.
        }
    }

    private static async Task<byte[]> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await output.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
            if (all.Length > LargestOutput)
                throw new IOException("git said more than can be read");
        }

        return all.ToArray();
    }

    private static async Task<string> TailAsync(StreamReader errors, CancellationToken cancellationToken)
    {
        var tail = new StringBuilder();
        var buffer = new char[1024];
        while (await errors.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            tail.Append(buffer, 0, read);
            if (tail.Length > 2 * KeptOfErrors)
                tail.Remove(0, tail.Length - KeptOfErrors);
        }

        return tail.ToString().Trim();
    }
}
