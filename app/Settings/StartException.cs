namespace Muster.App.Settings;

/// <summary>Why the app does not start: every fault at once, in words an operator can act on. Ends the process with 2.</summary>
public sealed class StartException(params IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
