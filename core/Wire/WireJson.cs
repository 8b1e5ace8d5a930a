using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Muster.Core.Wire;

/// <summary>
/// The one way that app and runner write and read JSON, between each other and in the store: camel case, enums as
/// words, ids bare. Members that a reader does not know are passed over, so that the older side understands the newer.
/// </summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text is not such a value.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("null where a value was needed");

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = 32,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatCannotBeNull } },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.Converters.Add(new RepoIdConverter());
        options.Converters.Add(new IssueNumberConverter());
        options.Converters.Add(new PullNumberConverter());
        options.Converters.Add(new CommitShaConverter());
        options.Converters.Add(new WaveIdConverter());
        options.Converters.Add(new ItemIdConverter());
        options.Converters.Add(new JobIdConverter());
        options.Converters.Add(new EpochConverter());
        options.Converters.Add(new RepoNameConverter());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A member that cannot be null must be there; one that can may be left out, as we leave it out ourselves.</summary>
    private static void RequireWhatCannotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: false, HasDefaultValue: false } && !p.PropertyType.IsValueType))
        {
            property.IsRequired = true;
        }
    }
}
