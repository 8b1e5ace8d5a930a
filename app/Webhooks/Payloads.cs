using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.App.GitHub;

namespace Muster.App.Webhooks;

/// <summary>What the endpoint itself reads of a payload.</summary>
public sealed record PayloadHead(string? Action, PayloadHead.Numbered? Repository, PayloadHead.Numbered? Installation, PayloadHead.Named? Sender)
{
    public sealed record Numbered(long Id);

    public sealed record Named(string? Login);
}

/// <summary>
/// What the intake reads of any payload. GitHub adds and leaves out fields as it likes, so every one may be absent, and
/// which are there depends on the event.
/// </summary>
public sealed record Payload
{
    public string? Action { get; init; }

    public User? Sender { get; init; }

    public Repository? Repository { get; init; }

    public Installation? Installation { get; init; }

    public Issue? Issue { get; init; }

    /// <summary>The label that was put on or taken off.</summary>
    public Label? Label { get; init; }

    public Comment? Comment { get; init; }

    public Pull? PullRequest { get; init; }

    public Review? Review { get; init; }

    public CheckRun? CheckRun { get; init; }

    /// <summary>What an edit changed; of <c>{"body":{"from":…}}</c> only that it is there matters.</summary>
    public JsonElement? Changes { get; init; }

    /// <summary><c>refs/heads/x</c> in a push, <c>x</c> where a branch or tag is created or deleted.</summary>
    public string? Ref { get; init; }

    /// <summary><c>branch</c> or <c>tag</c>.</summary>
    public string? RefType { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>A push that takes the ref away.</summary>
    public bool Deleted { get; init; }

    /// <summary>Those of a new installation.</summary>
    public IReadOnlyList<Repository>? Repositories { get; init; }

    public IReadOnlyList<Repository>? RepositoriesAdded { get; init; }

    public IReadOnlyList<Repository>? RepositoriesRemoved { get; init; }

    /// <exception cref="JsonException">It is not what GitHub sends.</exception>
    public static Payload Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, PayloadJson.Default.Payload) ?? throw new JsonException("The payload is null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PayloadHead))]
[JsonSerializable(typeof(Payload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
