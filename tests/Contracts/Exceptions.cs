using Muster.Contracts.Calls;

namespace Muster.Contracts;

/// <summary>Statuses that may answer any operation.</summary>
/// <param name="Body">The schema of their body; null where it may be anything.</param>
/// <param name="Conditional">Only where the request said what it has already.</param>
/// <param name="Operation">The only one's id; null for all.</param>
internal sealed record StatusException(int Least, int Most, string? Body, string Why, bool Conditional = false, string? Operation = null);

/// <summary>A difference between what GitHub describes and what it does, which is neither our fault nor the simulator's.</summary>
/// <param name="Operation">Its id, or a star for all.</param>
/// <param name="Fault">What the fault says, or a part of it.</param>
internal sealed record Difference(string Operation, string Fault, string Why);

/// <summary>The whole list of what is let through although GitHub's description does not have it, each with its reason.</summary>
internal static class Exceptions
{
    private const string Error = "basic-error";

    public static IReadOnlyList<StatusException> Statuses { get; } =
    [
        new(400, 400, Error, "A version of the API that does not exist is refused before an operation is reached."),
        new(401, 401, Error, "Credentials are refused before an operation is reached; the documentation says so once for all of them."),
        new(403, 403, Error, "Missing permissions, suspended installations and limits refuse any operation; described for some only."),
        new(404, 404, Error, "What one may not see is not there; described for some operations only."),
        new(429, 429, Error, "The secondary limit may meet any request."),
        new(301, 301, null, "A repository that was renamed moves every operation on it."),
        new(307, 308, null, "A repository that was renamed moves every operation on it; these keep the verb."),
        new(304, 304, null, "A conditional request is answered so where nothing changed.", Conditional: true),
        new(422, 422, "validation-error", "What is not valid is refused as everywhere else; this one describes its success only.", Operation: "checks/create"),
        new(422, 422, "validation-error", "What is not valid is refused as everywhere else; this one describes its success only.", Operation: "checks/update"),
        new(500, 599, null, "Trouble at GitHub's: its proxies answer in HTML or not at all."),
    ];

    public static IReadOnlyList<Difference> Differences { get; } =
    [
        new("*", "answer.status is not described", "GitHub writes the status into the body of every error; it describes that for most of them only."),
        new("*", "head.repo is null", "A pull request outlives the fork it came from; the schemas of one pull request were written before that."),
        new("apps/list-installations", "account ", "The list has a copy of the schema in which an account is a user and an enterprise at once."),
        new("apps/list-installations", "account.user_view_type is not described", "The list has an older copy of the schema of an account."),
        new("apps/list-installations", "client_id is not described", "The list has an older copy of the schema of an installation."),
        new("pulls/list-review-comments", "position is null", "A comment whose line is gone has no position; the schema was written before that."),
        new("pulls/list-review-comments", ".line is null", "A comment whose line is gone has no line; the schema was written before that."),
    ];

    public static StatusException? Status(int status, bool conditional, string operation) =>
        Statuses.FirstOrDefault(s =>
            status >= s.Least && status <= s.Most && (conditional || !s.Conditional) && (s.Operation is null || s.Operation == operation));

    public static bool Tolerates(Operation operation, string fault) =>
        Differences.Any(d => (d.Operation == "*" || d.Operation == operation.Id) && fault.Contains(d.Fault, StringComparison.Ordinal));
}
