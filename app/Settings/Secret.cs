using System.Security.Cryptography;
using System.Text;

namespace Muster.App.Settings;

/// <summary>Text that never shows up in a log line, a fault or a debugger's tooltip by accident.</summary>
public sealed class Secret(string value)
{
    public string Reveal() => value;

    /// <summary>Whether somebody gave the same text; takes as long whatever they gave.</summary>
    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(value)),
        SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    public override string ToString() => "(secret)";
}
