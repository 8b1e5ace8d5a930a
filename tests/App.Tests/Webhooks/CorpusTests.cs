using Dapper;
using Muster.App.Tests.Stories;

namespace Muster.App.Tests.Webhooks;

/// <summary>
/// Whatever GitHub may send goes through the real endpoint and the real intake, and none of it makes anything fail. What
/// each becomes stands in <c>Corpus.md</c>, so that a change is seen in review.
/// </summary>
public sealed class CorpusTests : IAsyncLifetime
{
    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync();

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [SkippableFact]
    public async Task Every_payload_that_GitHub_ever_sent_as_an_example_is_taken()
    {
        Skip.IfNot(Corpus.HasExamples, $"npm has not installed {Corpus.Package}: './bot test' does, or 'npm ci --prefix tests/peers'");
        var examples = Corpus.Examples();
        Assert.Equal(329, examples.Count);

        CorpusTable.Holds("Examples of GitHub", await SentAsync(examples));
    }

    [Fact]
    public async Task Every_payload_that_GitHub_s_schemas_allow_is_taken_full_bare_or_null() =>
        CorpusTable.Holds("Made from schemas", await SentAsync(Corpus.Generated()));

    [Fact]
    public async Task Ghosts_and_gaps_are_taken_for_what_they_are()
    {
        // From here on the app hears nothing but what is posted to it.
        await Simulator.Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop = 1_000, duplicate = 0 });
        var rows = new List<(string, string)>();
        foreach (var ghost in await CorpusGhosts.OfAsync(bot))
        {
            var before = await CountsAsync();
            var outcome = (await PostedAsync([ghost]))[0].Outcome;
            var changes = (await CountsAsync()).Zip(before, (now, then) => (now.Name, Added: now.Count - then.Count)).Where(c => c.Added != 0).Select(c => $"{c.Name} {c.Added:+0;-0}").ToList();
            rows.Add(($"{ghost.Kind}: {ghost.What}", changes.Count == 0 ? outcome : $"{outcome}; {string.Join(", ", changes)}"));
        }

        CorpusTable.Holds("Ghosts and gaps", rows);
    }

    /// <summary>Posts all, and finds that nothing of the app's own changed.</summary>
    private async Task<IReadOnlyList<(string, string)>> SentAsync(IReadOnlyList<CorpusPayload> payloads)
    {
        var before = await bot.StateAsync();
        var rows = await PostedAsync(payloads);

        Assert.Equal(before, await bot.StateAsync());
        Assert.Empty(await bot.WritesAsync());
        return [.. rows.GroupBy(r => (r.Payload.Kind, r.Outcome)).Select(g => ($"{g.Key.Kind} ({g.Count()})", g.Key.Outcome))];
    }

    private async Task<IReadOnlyList<(CorpusPayload Payload, string Outcome)>> PostedAsync(IReadOnlyList<CorpusPayload> payloads)
    {
        var statuses = new List<int>();
        var known = Guid.NewGuid();
        foreach (var (payload, i) in payloads.Select((p, i) => (p, i)))
            statuses.Add(await bot.PostSignedAsync(payload.Body, payload.Event, $"{known}-{i}"));
        await bot.SettleAsync();
        var rows = (await bot.Store.ReadAsync(
            db => db.Query<(string Id, string State, string? Note)>("SELECT id, state, note FROM deliveries WHERE id LIKE @like", new { like = $"{known}-%" }), default))
            .ToDictionary(r => r.Id, r => r.Note is null ? r.State : $"{r.State}: {r.Note}");
        Assert.Equal(0, await bot.CountAsync("deliveries", "state IN ('new', 'failed')"));
        return [.. payloads.Select((p, i) => (p, statuses[i] != 202 ? $"answered {statuses[i]}" : rows.GetValueOrDefault($"{known}-{i}") ?? "dropped unread"))];
    }

    private async Task<IReadOnlyList<(string Name, long Count)>> CountsAsync() =>
    [
        .. from word in (await bot.StateAsync()).Split(", ")
           let pair = word.Split(' ')
           select (pair[0], long.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
