using System.Text.Json;

namespace FakeAgent;

/// <summary>End reports, good and bad.</summary>
internal static class Reports
{
    public const string Done = """{"status":"done","summary":"Did what the script says.","unsure":[],"surprises":[]}""";

    public const string Lie = """{"status":"done","summary":"Implemented everything, all tests pass.","unsure":[],"surprises":[]}""";

    public const string Garbage = "I am done! {\"status\": \"done\", \"summary\": ";

    public static string Big(int bytes) => $$"""{"status":"done","summary":{{JsonSerializer.Serialize(new string('x', bytes), Json.Default.String)}},"unsure":[],"surprises":[]}""";
}
