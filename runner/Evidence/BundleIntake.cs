using System.Text;
using Muster.Core;
using Muster.Runner.Processes;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>
/// Takes a bundle from a folder that an agent could write into a repository that the host owns, believing nothing: it
/// must be a plain file of bounded size, and git checks every object and every link between them.
/// </summary>
public sealed class BundleIntake(HostGit git)
{
    private const long SizeLimit = 256L * 1024 * 1024;
    private const string Branch = "refs/heads/work";

    /// <returns>The commit that the bundle carries.</returns>
    /// <exception cref="TakeoverException">It is not such a bundle.</exception>
    public async Task<CommitSha> TakeAsync(string bundle, string evidence, string mirror, CancellationToken cancellationToken)
    {
        BareRepository.Write(evidence, Path.Combine(mirror, "objects"));
        var bytes = Read(bundle);
        var (commit, pack) = Split(bytes);
        var call = new GitCall { Input = bytes.AsMemory(pack) };
        var end = await git.TryAsync(evidence, ["index-pack", "--stdin", "--fix-thin", "--strict"], call, cancellationToken);
        if (!end.Succeeded)
            throw new TakeoverException($"git refuses the objects that the agent left: {end.Errors}");
        return commit;
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var handle = Native.OpenPlain(path);
            using var stream = new FileStream(handle, FileAccess.Read);
            if (!stream.CanSeek || stream.Length > SizeLimit)
                throw new TakeoverException($"what the agent left is no plain file of at most {SizeLimit >> 20} MiB");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TakeoverException($"what the agent left cannot be read: {e.Message}");
        }
    }

    // A signature line, prerequisites (-oid), references (oid name), an empty line, the pack.
    private static (CommitSha Commit, int Pack) Split(byte[] bundle)
    {
        var at = 0;
        CommitSha? commit = null;
        for (var line = 0; line < 16 && bundle.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var length; line++)
        {
            var text = Encoding.UTF8.GetString(bundle, at, length);
            at += length + 1;
            if (line == 0 && text != "# v2 git bundle")
                break;
            if (text.EndsWith(" " + Branch, StringComparison.Ordinal) && text.Length == 41 + Branch.Length && text[..40].All(char.IsAsciiHexDigitLower))
                commit = new CommitSha(text[..40]);
            if (text.Length == 0 && commit is { } found)
                return (found, at);
        }

        throw new TakeoverException("what the agent left is no bundle with one branch");
    }
}
