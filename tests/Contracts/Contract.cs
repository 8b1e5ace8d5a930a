using System.Collections.Concurrent;
using Muster.Contracts.Calls;
using Muster.Contracts.Graph;

namespace Muster.Contracts;

/// <summary>One request and its answer.</summary>
/// <param name="Path">Escaped, as it was sent.</param>
/// <param name="Conditional">Whether it said what it has already (<c>If-None-Match</c>).</param>
public sealed record Exchange(
    string Verb, string Path, string Query, byte[]? Body, string? MediaType, int Status, byte[] Answer, bool Conditional = false);

/// <summary>What became of one exchange.</summary>
/// <param name="Operation">Its id; null where GitHub describes no such thing.</param>
public sealed record Checked(Exchange Exchange, string? Operation, IReadOnlyList<string> Faults)
{
    public int Status => Exchange.Status;
}

/// <summary>A request or an answer is not as GitHub describes it.</summary>
public sealed class ContractException(string message) : Exception(message);

/// <summary>Holds everything that one app says to GitHub, and what it hears, against GitHub's own description.</summary>
public sealed class Contract
{
    private readonly ConcurrentQueue<Checked> checkedOnes = new();

    /// <summary>All that was held against it, in order.</summary>
    public IReadOnlyList<Checked> All => [.. checkedOnes];

    /// <summary>What is wrong, each sentence once.</summary>
    public IReadOnlyList<string> Faults => [.. checkedOnes.SelectMany(c => c.Faults).Distinct()];

    /// <exception cref="ContractException">Something was wrong, whoever caught what was thrown then.</exception>
    public void Verify()
    {
        if (Faults is { Count: > 0 } faults)
        {
            throw new ContractException($"Not as GitHub describes it:\n{string.Join('\n', faults)}");
        }
    }

    public Checked Add(Exchange exchange)
    {
        var one = Of(exchange);
        checkedOnes.Enqueue(one);
        return one;
    }

    /// <summary>What is wrong with an answer, whoever asked for it and however.</summary>
    public static IReadOnlyList<string> FaultsOfAnswer(string verb, string path, int status, byte[] answer, bool conditional = false) =>
        IsGraph(path) ? []
        : Routes.Find(verb, path) is { Operation: var operation } ? OfAnswer(operation, status, answer, conditional)
        : [NoOperation(verb, path)];

    public static Checked Of(Exchange exchange)
    {
        if (IsGraph(exchange.Path))
        {
            return new Checked(exchange, "graphql", [.. Documents.Faults(exchange).Select(f => $"{exchange.Verb} /graphql: {f}")]);
        }

        if (Routes.Find(exchange.Verb, exchange.Path) is not { } route)
        {
            return new Checked(exchange, null, [NoOperation(exchange.Verb, exchange.Path)]);
        }

        var asked = RequestCheck.Faults(route.Operation, route.Words, exchange.Query, exchange.Body, exchange.MediaType).Select(f => $"{route.Operation}: {f}");
        return new Checked(
            exchange, route.Operation.Id, [.. asked, .. OfAnswer(route.Operation, exchange.Status, exchange.Answer, exchange.Conditional)]);
    }

    private static IReadOnlyList<string> OfAnswer(Operation operation, int status, byte[] answer, bool conditional) =>
        [.. AnswerCheck.Faults(operation, status, answer, conditional).Select(f => $"{operation}: {status} {f}")];

    private static bool IsGraph(string path) => path.EndsWith("/graphql", StringComparison.Ordinal);

    private static string NoOperation(string verb, string path) => $"{verb} {path} is no operation of GitHub's that operations.txt names";
}
