using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Muster.App.Tests.Stories;

namespace Muster.Proofs.Deliveries;

/// <summary>One webhook as GitHub wrote it.</summary>
internal sealed record Letter(string Id, string Event, JsonNode Body);

/// <summary>Keeps GitHub's webhooks back and hands them out as a proof wants.</summary>
internal sealed class Mail(Bot bot)
{
    private int taken;

    /// <summary>From now on nothing arrives by itself.</summary>
    public Task HoldAsync() => RulesAsync(int.MaxValue);

    public Task LetThroughAsync() => RulesAsync(0);

    /// <summary>The next webhook gets lost.</summary>
    public Task LoseNextAsync() => RulesAsync(1);

    /// <summary>What GitHub sent since the last look, whether it arrived or not.</summary>
    public async Task<IReadOnlyList<Letter>> TakeAsync()
    {
        var sent = (await bot.Hub.GetFromJsonAsync<JsonArray>($"/_sim/deliveries?after={taken}"))!;
        taken += sent.Count;
        return [.. sent.Select(d => new Letter(d!.Text("guid"), d!.Text("event"), d!["body"]!))];
    }

    /// <summary>Brings one, under its own id or another.</summary>
    public async Task BringAsync(Letter letter, string? id = null)
    {
        var status = await bot.PostSignedAsync(letter.Body, letter.Event, id ?? letter.Id);
        if (status is not (200 or 202))
        {
            throw new InvalidOperationException($"The app answered {status} to {letter.Event}.");
        }
    }

    private async Task RulesAsync(int drop)
    {
        using var answer = await bot.Hub.PostAsJsonAsync("/_sim/deliveries/rules", new { drop, duplicate = 0 });
        answer.EnsureSuccessStatusCode();
    }
}
