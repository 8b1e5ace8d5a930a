namespace Muster.App.Settings;

/// <summary>Text that never shows up in a log line, a fault or a debugger's tooltip by accident.</summary>
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
