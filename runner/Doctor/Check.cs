namespace Muster.Runner.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Fault">What is wrong; null where it is well.</param>
/// <param name="Remedy">The command or the act that mends it.</param>
public sealed record Check(string Name, string? Fault = null, string? Remedy = null)
{
    public bool Passed => Fault is null;

    public override string ToString() => Passed ? $"ok    {Name}" : $"FAIL  {Name}: {Fault}\n      mend: {Remedy}";
}
