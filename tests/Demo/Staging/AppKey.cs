using System.Security.Cryptography;

namespace Muster.Demo.Staging;

/// <summary>The key pair of a GitHub App, made for this run alone.</summary>
public sealed record AppKey(long AppId, string Slug, string PrivateKeyFile, string PublicKeyPem)
{
    public static AppKey Make(long appId, string slug, string folder)
    {
        using var rsa = RSA.Create(2048);
        var file = Path.Combine(folder, $"{slug}.pem");
        using (var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(rsa.ExportPkcs8PrivateKeyPem());
        }

        return new AppKey(appId, slug, file, rsa.ExportSubjectPublicKeyInfoPem());
    }
}
