using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.Serving;

/// <summary>GitHub says no. Thrown where the rule is, answered in one place.</summary>
internal sealed class ApiRefusal(int status, string message, JsonArray? errors = null) : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject ToJson()
    {
        var body = new JsonObject { ["message"] = Message };
        if (errors is not null)
            body["errors"] = errors.DeepClone();
        body["documentation_url"] = "https://docs.github.com/rest";
        body["status"] = Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return body;
    }

    public static ApiRefusal NotFound() => new(404, "Not Found");

    public static ApiRefusal BadCredentials() => new(401, "Bad credentials");

    public static ApiRefusal Suspended() => new(403, "This installation has been suspended");

    public static ApiRefusal NotForIntegration() => new(403, "Resource not accessible by integration");

    /// <summary>422 with one error object, as most endpoints answer.</summary>
    public static ApiRefusal Invalid(string resource, string? field, string code, string? message = null)
    {
        var error = new JsonObject { ["resource"] = resource };
        if (field is not null)
            error["field"] = field;
        error["code"] = code;
        if (message is not null)
            error["message"] = message;
        return new ApiRefusal(422, "Validation Failed", [error]);
    }

    /// <summary>422 with plain sentences, as the review endpoints answer.</summary>
    public static ApiRefusal Unprocessable(params IEnumerable<string> errors) =>
        new(422, "Unprocessable Entity", [.. errors.Select(e => JsonValue.Create(e))]);
}
