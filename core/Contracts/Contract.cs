namespace Muster.Core.Contracts;

/// <summary>Who shall play a role, as far as the issue says; null leaves that part to the runner's own table.</summary>
public sealed record AgentChoice(string? Provider = null, string? Agent = null, string? Model = null);

/// <summary>What an issue asks for, in terms that can be checked. Developer, reviewer, verifier and gates get the same one.</summary>
public sealed record Contract
{
    /// <summary>Globs that may change; empty means that the issue drew no line. Enforced on the diff.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>Globs that must not change, whatever <see cref="Scope"/> says.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Files that must be touched; one that does not exist yet is to be created.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Commands that run on base and on head, in this order.</summary>
    public IReadOnlyList<string> Acceptance { get; init; } = [];

    /// <summary>Exact names of the tests to add, and the stop condition.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    public IReadOnlyList<IssueRef> DependsOn { get; init; } = [];

    /// <summary>The branch to start from; null is the default branch.</summary>
    public string? Base { get; init; }

    /// <summary>Role (<c>implement</c>, <c>review</c>, <c>verify</c>, <c>plan</c>, <c>retro</c>) to choice.</summary>
    public IReadOnlyDictionary<string, AgentChoice> Agent { get; init; } = new Dictionary<string, AgentChoice>();

    public Risk? Risk { get; init; }

    /// <summary>What the issue allows itself; bound by the policy's caps with <see cref="Budget.Within"/>.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>
    /// Paths that the text names, where the issue declares neither scope nor files. They say where the work will
    /// probably be, so the planner uses them; nobody promised to stay inside, so no gate does.
    /// </summary>
    public IReadOnlyList<string> Mentioned { get; init; } = [];

    /// <summary>The keys whose values nobody wrote (<c>mentioned</c>, <c>acceptance</c>): the plan shows them as inferred.</summary>
    public IReadOnlyList<string> Inferred { get; init; } = [];
}
