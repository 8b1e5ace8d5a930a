using System.Text.Json;
using System.Text.Json.Serialization;

namespace Muster.GitHubSimulator.Faults;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>Answered with <see cref="FaultRule.Status"/>; nothing was done.</summary>
    FailBefore,

    /// <summary>Done, and then answered with <see cref="FaultRule.Status"/> all the same.</summary>
    FailAfter,

    /// <summary>The connection breaks; nothing was done.</summary>
    CutBefore,

    /// <summary>Done, and then the connection breaks.</summary>
    Cut,

    /// <summary>Waits, then is done and answered.</summary>
    Slow,

    /// <summary>Done, and the answer waits.</summary>
    SlowAfter,

    /// <summary>A list answers as it was when the rule was made.</summary>
    Stale,

    /// <summary>Refused by a rate limit, which then holds for all that the same caller asks until it is over.</summary>
    Limit,
}

/// <summary>
/// One fault by plan: which requests, which of them, and what happens. Without <see cref="Calls"/>, <see cref="Every"/>
/// and <see cref="Chance"/> every request that matches is met.
/// </summary>
public sealed record FaultRule
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public required FaultKind Kind { get; init; }

    /// <summary>Methods, separated by <c>|</c>; <c>*</c> is any.</summary>
    public string Method { get; init; } = "*";

    /// <summary>The path without the query; <c>*</c> stands for anything within a segment, <c>**</c> for anything.</summary>
    public string Path { get; init; } = "**";

    /// <summary>Only requests by this login, such as <c>muster[bot]</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>Only requests whose body contains this.</summary>
    public string? Body { get; init; }

    /// <summary>Which of the matching requests, counted from 1.</summary>
    public IReadOnlyList<int>? Calls { get; init; }

    /// <summary>Each so-manieth matching request.</summary>
    public int? Every { get; init; }

    /// <summary>How likely it is for each matching request, from 0 to 1, by <see cref="Seed"/>.</summary>
    public double? Chance { get; init; }

    public int Seed { get; init; }

    /// <summary>At most so many times.</summary>
    public int? Times { get; init; }

    /// <summary>For so long, on the simulator's clock.</summary>
    public double? Seconds { get; init; }

    /// <summary>502 where nothing is said; of a limit 403 or 429.</summary>
    public int? Status { get; init; }

    /// <summary>How long a slow request waits, in seconds of the simulator's clock; without it, until it is released.</summary>
    public double? Delay { get; init; }

    /// <summary>What a limit says in <c>Retry-After</c>; without it the header is missing, and the limit holds for a minute.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>A limit of the primary kind: <c>x-ratelimit-remaining: 0</c>, and over after so many seconds.</summary>
    public int? Reset { get; init; }

    /// <summary>Reads a rule; null and a sentence when it cannot be used.</summary>
    public static FaultRule? Parse(string text, out string fault)
    {
        try
        {
            var rule = JsonSerializer.Deserialize<FaultRule>(text, Json);
            fault = rule is null ? "A rule is an object." : rule.Fault();
            return fault.Length == 0 ? rule : null;
        }
        catch (JsonException broken)
        {
            fault = broken.Message;
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private string Fault() => this switch
    {
        { Chance: < 0 or > 1 } => "chance is a number from 0 to 1.",
        { Every: < 1 } or { Times: < 1 } => "every and times are at least 1.",
        { Kind: FaultKind.Limit, Status: not (null or 403 or 429) } => "A limit's status is 403 or 429.",
        { Kind: FaultKind.FailBefore or FaultKind.FailAfter, Status: < 500 or > 599 } => "A failure's status is between 500 and 599.",
        _ => "",
    };
}
