using System.Security.Cryptography;
using Muster.App.GitHub;
using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>
/// Lets one browser in, by a code that only the console shows, and remembers which registrations that browser began:
/// what comes back from GitHub without one of its states was not asked for here.
/// </summary>
public sealed class SetupDoor(TimeProvider time, TextWriter console)
{
    // No letters that are taken for one another.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int MostTries = 5;

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(15);

    /// <summary>GitHub's own limit for the whole flow.</summary>
    private static readonly TimeSpan StateLife = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (GitHubIdentity Identity, DateTimeOffset Ends)> states = new(StringComparer.Ordinal);
    private Secret? code;
    private DateTimeOffset codeEnds;
    private int tries;
    private Secret? session;

    /// <summary>Goes with every form of the browser that was let in.</summary>
    public string FormToken { get; private set; } = "";

    /// <summary>Writes a fresh code on the console, unless the one that stands there is still good.</summary>
    public void ShowCode(string where)
    {
        lock (gate)
        {
            if (code is not null && time.GetUtcNow() < codeEnds)
                return;
            var text = RandomNumberGenerator.GetString(Alphabet, 12);
            (code, codeEnds, tries) = (new Secret(text), time.GetUtcNow() + CodeLife, 0);
            console.WriteLine($"Open {where} and enter this code, which is good for {CodeLife.TotalMinutes:0} minutes and once: {text[..4]}-{text[4..8]}-{text[8..]}");
            console.Flush();
        }
    }

    /// <summary>What the browser's cookie shall be; null and a sentence where the code does not open.</summary>
    public string? Enter(string given, out string why)
    {
        var plain = new string([.. given.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
        lock (gate)
        {
            why = code is null ? "This code was used already. A new one stands on the console."
                : time.GetUtcNow() >= codeEnds ? "The code is too old. A new one stands on the console."
                : !code.Matches(plain) ? "This is not the code that stands on the console."
                : "";
            if (why.Length > 0)
            {
                if (code is not null && ++tries >= MostTries)
                {
                    code = null;
                    why = "This is not the code, and it was tried too often. A new one stands on the console.";
                }

                return null;
            }

            code = null;
            var cookie = RandomNumberGenerator.GetHexString(48, lowercase: true);
            session = new Secret(cookie);
            FormToken = RandomNumberGenerator.GetHexString(48, lowercase: true);
            states.Clear();
            return cookie;
        }
    }

    public bool IsIn(string? cookie) => cookie is not null && session?.Matches(cookie) is true;

    public bool IsOurForm(string? token) => token is not null && FormToken.Length > 0 && new Secret(FormToken).Matches(token);

    /// <summary>A registration begins: the word that GitHub has to bring back.</summary>
    public string Begin(GitHubIdentity identity)
    {
        var state = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (gate)
            states[state] = (identity, time.GetUtcNow() + StateLife);
        return state;
    }

    /// <summary>Which App a state was given for; null and a sentence where it was not, or not any more.</summary>
    public GitHubIdentity? Began(string? state, out string why)
    {
        lock (gate)
        {
            why = "";
            if (state is null || !states.TryGetValue(state, out var began))
                why = "This answer was not asked for here, or it was used already.";
            else if (time.GetUtcNow() >= began.Ends)
                why = "It is more than an hour since this was begun, and GitHub has forgotten it.";
            else
                return began.Identity;
            return null;
        }
    }

    /// <summary>What a state was given for is done.</summary>
    public void End(string state)
    {
        lock (gate)
            states.Remove(state);
    }
}
