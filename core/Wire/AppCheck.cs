namespace Muster.Core.Wire;

/// <summary>One thing that the app looked at for <c>muster doctor</c>, which cannot look at it itself: it never calls GitHub's API.</summary>
/// <param name="Fault">What is wrong; null where it is well.</param>
/// <param name="Remedy">The command or the act that mends it.</param>
public sealed record AppCheck(string Name, string? Fault = null, string? Remedy = null);
