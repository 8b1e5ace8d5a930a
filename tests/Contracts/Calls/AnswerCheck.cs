using System.Text.Json;
using Muster.Contracts.Schemas;

namespace Muster.Contracts.Calls;

/// <summary>Holds an answer against its operation: a described status, a body as described.</summary>
internal static class AnswerCheck
{
    private static readonly SchemaCheck Check = new(Description.Rest);

    public static IEnumerable<string> Faults(Operation operation, int status, byte[] body, bool conditional)
    {
        if (status == 304 && !conditional)
        {
            return ["status 304 answers a request that did not say what it has"];
        }

        if (operation.Answer(status) is not { } described)
        {
            return Exceptions.Status(status, conditional, operation.Id) is not { } exception ? [$"status {status} is not described"]
                : exception.Body is { } name ? OfBody(operation, Description.Rest.Schema(name), body)
                : [];
        }

        return described.Schema is { } schema ? OfBody(operation, schema, body)
            // An error says why in its body, also where only the status is described.
            : body.Length == 0 || described.HasBody || status >= 400 ? []
            : [$"the answer to {status} has a body, and none is described"];
    }

    private static IEnumerable<string> OfBody(Operation operation, JsonElement schema, byte[] body) => JsonText.Read(body) is { } json
        ? Check.Faults(schema, json, "answer").Where(f => !Exceptions.Tolerates(operation, f))
        : ["the answer is no JSON"];
}
