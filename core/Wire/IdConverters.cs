using System.Text.Json;
using System.Text.Json.Serialization;

namespace Muster.Core.Wire;

/// <summary>Writes an id as the bare number or text that it wraps.</summary>
public abstract class IdConverter<TId, TValue>(Func<TValue, TId> wrap, Func<TId, TValue> unwrap) : JsonConverter<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        wrap(JsonSerializer.Deserialize<TValue>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, unwrap(value), options);
}

public sealed class RepoIdConverter() : IdConverter<RepoId, long>(v => new(v), v => v.Value);

public sealed class IssueNumberConverter() : IdConverter<IssueNumber, int>(v => new(v), v => v.Value);

public sealed class PullNumberConverter() : IdConverter<PullNumber, int>(v => new(v), v => v.Value);

public sealed class CommitShaConverter() : IdConverter<CommitSha, string>(v => new(v), v => v.Value);

public sealed class WaveIdConverter() : IdConverter<WaveId, long>(v => new(v), v => v.Value);

public sealed class ItemIdConverter() : IdConverter<ItemId, long>(v => new(v), v => v.Value);

public sealed class JobIdConverter() : IdConverter<JobId, long>(v => new(v), v => v.Value);

public sealed class EpochConverter() : IdConverter<Epoch, int>(v => new(v), v => v.Value);

/// <summary><c>owner/name</c> as one text.</summary>
public sealed class RepoNameConverter() : IdConverter<RepoName, string>(
    v => RepoName.Parse(v) ?? throw new JsonException($"'{v}' is no owner/name"),
    v => v.ToString());
