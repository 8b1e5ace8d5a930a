namespace Muster.Runner.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Fault">What is wrong; null where it is well.</param>
/// <param name="Remedy">The command or the act that mends it.</param>
public sealed record Check(string Name, string? Fault = null, string? Remedy = null)
{
    /// <summary>Why nobody looked; null where somebody did.</summary>
    public string? Left { get; init; }

    public bool Passed => Fault is null;

    public override string ToString() => Left is not null ? $"--    {Name}: {Left}" : Passed ? $"ok    {Name}" : $"FAIL  {Name}: {Fault}\n      mend: {Remedy}";
}
