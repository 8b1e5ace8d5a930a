using System.Security.Cryptography;
using Muster.Runner.Configuration;

namespace Muster.Runner.Loop;

/// <summary>The runner's key pair and the id that the app gave it. The key never leaves the home.</summary>
public sealed class RunnerIdentity : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly RunnerHome _home;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private RunnerIdentity(RunnerHome home) => _home = home;

    /// <summary>Null before enrolment.</summary>
    public string? Id { get; private set; }

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    /// <summary>Reads the home's key, and makes it where there is none.</summary>
    /// <returns>Null where the key cannot be used; why was written.</returns>
    public static RunnerIdentity? Open(RunnerHome home, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(errors);
        var identity = new RunnerIdentity(home);
        try
        {
            if (!File.Exists(home.KeyFile))
                WritePrivate(home.KeyFile, identity._key.ExportPkcs8PrivateKeyPem());
            identity._key.ImportFromPem(File.ReadAllText(home.KeyFile));
            identity.Id = File.Exists(home.IdFile) ? File.ReadAllText(home.IdFile).Trim() : null;
            return identity;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            identity.Dispose();
            // The file's text stays out of the message: it is a key, if a damaged one.
            errors.WriteLine($"muster: the runner's key {home.KeyFile} cannot be used: {(e is IOException or UnauthorizedAccessException ? e.Message : "it is no private key in PEM form.")} Put it back from a backup, or delete it and {home.IdFile}: the runner then enrols anew.");
            return null;
        }
    }

    public string Sign(byte[] text) => Convert.ToBase64String(_key.SignData(text, HashAlgorithmName.SHA256));

    public void Enrolled(string id)
    {
        WritePrivate(_home.IdFile, id);
        Id = id;
    }

    public void Dispose() => _key.Dispose();

    // Through a second name, so that a crash leaves the old file or the new one, never half of one.
    private static void WritePrivate(string path, string text)
    {
        var half = path + ".new";
        File.Delete(half);
        using (var stream = new FileStream(half, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}
