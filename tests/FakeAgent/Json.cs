using System.Text.Json;
using System.Text.Json.Serialization;
using FakeAgent.Review;

namespace FakeAgent;

/// <summary>Written without reflection: a short life is mostly start.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(ReviewReport))]
internal sealed partial class Json : JsonSerializerContext;
