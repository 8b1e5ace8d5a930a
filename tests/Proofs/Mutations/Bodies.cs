using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.Contracts;
using Muster.Contracts.Calls;

namespace Muster.Proofs.Mutations;

/// <summary>The two bodies of an exchange: what is said of them, and how to put another in their place.</summary>
internal sealed record Side(string Name, Func<Exchange, byte[]?> Read, Func<Exchange, byte[], Exchange> Put, Func<Operation, int, JsonElement?> Schema)
{
    public static Side Request { get; } = new(
        "request", e => e.Body, (e, body) => e with { Body = body }, (operation, _) => operation.Body?.Schema);

    public static Side Answer { get; } = new(
        "answer", e => e.Answer, (e, body) => e with { Answer = body }, (operation, status) => operation.Answer(status)?.Schema);

    /// <summary>What GitHub says of this body; null where there is none.</summary>
    public JsonElement? SchemaOf(Exchange exchange) =>
        Read(exchange) is { Length: > 0 } && Routes.Find(exchange.Verb, exchange.Path) is { Operation: var operation } ? Schema(operation, exchange.Status) : null;

    public JsonNode? Json(Exchange exchange) => JsonNode.Parse(Read(exchange)!);

    public Exchange With(Exchange exchange, JsonNode? json) => Put(exchange, JsonSerializer.SerializeToUtf8Bytes(json));
}
