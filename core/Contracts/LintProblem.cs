namespace Muster.Core.Contracts;

/// <summary>One thing that keeps an issue or a policy from being used as written. <see cref="Fix"/> is text a person can paste.</summary>
public sealed record LintProblem(string Field, string Message, string Fix);
