using System.Globalization;
using System.Security.Cryptography;

namespace Muster.App.Settings;

/// <summary>Reads single settings and collects what is wrong with them. A fault names the variable, never its value where that is a secret.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const int ShortestSecret = 16;
    private static readonly string[] DurationFormats = [@"hh\:mm\:ss", @"hh\:mm\:ss\.f", @"hh\:mm\:ss\.ff", @"hh\:mm\:ss\.fff"];

    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    public void Fault(string key, string what) => faults.Add($"{Name(key)}: {what}");

    public string? Optional(string key) =>
        configuration[$"Muster:{key}"]?.Trim() is { Length: > 0 } value ? value : null;

    public string? Required(string key, string what)
    {
        if (Optional(key) is { } value)
            return value;
        Fault(key, $"missing. {what}");
        return null;
    }

    public Uri? Address(string key, string byDefault)
    {
        var text = Optional(key) ?? byDefault;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo is "")
            return uri;
        Fault(key, $"not an http or https address without a user in it. For example {byDefault}");
        return null;
    }

    public Secret? Secret(string key, string? missing = null)
    {
        var value = missing is null ? Optional(key) : Required(key, missing);
        if (value is { Length: < ShortestSecret })
            Fault(key, $"shorter than {ShortestSecret} characters, which can be guessed. `openssl rand -hex 32` makes a good one.");
        return value is null ? null : new Secret(value);
    }

    public AppKey? Key(string section, string what)
    {
        var id = Required($"{section}:AppId", $"The number of {what}: see \"App ID\" on its settings page.");
        var number = 0L;
        if (id is not null && !(long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0))
            Fault($"{section}:AppId", "not a number above 0.");

        var path = Required($"{section}:PrivateKeyPath", $"The file with the private key of {what} (PEM), made on its settings page.");
        return path is not null && PrivateKey($"{section}:PrivateKeyPath", path) is { } key ? new AppKey(number, key, path) : null;
    }

    public TimeSpan Duration(string key, TimeSpan byDefault, bool mayBeZero = false)
    {
        if (Optional(key) is not { } text)
            return byDefault;
        if (TimeSpan.TryParseExact(text, DurationFormats, CultureInfo.InvariantCulture, out var value) && (mayBeZero || value > TimeSpan.Zero))
            return value;
        Fault(key, $"not a duration{(mayBeZero ? "" : " above zero")} written as hh:mm:ss or hh:mm:ss.fff, for example {byDefault:c}");
        return byDefault;
    }

    public bool Flag(string key)
    {
        if (Optional(key) is not { } text)
            return false;
        if (!bool.TryParse(text, out var value))
            Fault(key, "neither true nor false.");
        return value;
    }

    private RSA? PrivateKey(string key, string path)
    {
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(File.ReadAllText(path));
            // A public key parses as well; only signing tells them apart.
            rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return rsa;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault(key, $"{path} cannot be read: {fault.Message}");
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            Fault(key, $"{path} holds no RSA private key in PEM form.");
        }

        return null;
    }

    private static string Name(string key) => $"Muster__{key.Replace(":", "__", StringComparison.Ordinal)}";
}
