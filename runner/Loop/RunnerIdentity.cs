using System.Security.Cryptography;
using Muster.Runner.Configuration;

namespace Muster.Runner.Loop;

/// <summary>The runner's key pair and the id that the app gave it. The key never leaves the home.</summary>
public sealed class RunnerIdentity : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly RunnerHome _home;
    private readonly ECDsa _key = ECDsa.Create();

    public RunnerIdentity(RunnerHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        _home = home;
        if (!File.Exists(home.KeyFile))
            WritePrivate(home.KeyFile, ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem());
        _key.ImportFromPem(File.ReadAllText(home.KeyFile));
        Id = File.Exists(home.IdFile) ? File.ReadAllText(home.IdFile).Trim() : null;
    }

    /// <summary>Null before enrolment.</summary>
    public string? Id { get; private set; }

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

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
