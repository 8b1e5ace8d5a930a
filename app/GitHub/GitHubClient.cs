using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Muster.App.GitHub.Budget;

namespace Muster.App.GitHub;

/// <summary>Asks GitHub in somebody's name: finds the credential, renews it once where it is refused, and reads the answer.</summary>
public sealed class GitHubClient(GitHubHttp http, AppRequests apps, InstallationTokens tokens)
{
    // 100 pages of 100: a list longer than that is not one we can reason about.
    private const int MostPages = 100;

    // Read back to a moment, a list may be long; it ends all the same should that moment never come.
    private const int MostPagesBack = 1_000;

    public async Task<Answer<T>> GetAsync<T>(Caller caller, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        (await SendAsync(caller, new Question(HttpMethod.Get, http.Address(path)), cancellationToken)).Then(reply => reply.Read(type));

    /// <summary>Follows the Link header to the end: all of it, or no answer.</summary>
    /// <param name="read">Takes the list out of one page.</param>
    /// <param name="last">Whether nothing behind this one matters; null reads to the end.</param>
    public async Task<Answer<IReadOnlyList<T>>> ListAsync<TPage, T>(
        Caller caller, string path, JsonTypeInfo<TPage> type, Func<TPage, IEnumerable<T>?> read, CancellationToken cancellationToken, Func<T, bool>? last = null)
    {
        var all = new List<T>();
        var most = last is null ? MostPages : MostPagesBack;
        Uri? next = http.Address(path);
        for (var page = 0; next is not null; page++)
        {
            if (page == most)
                return new Answer<IReadOnlyList<T>>.Unknown($"{path} goes on after {most} pages");
            var answer = await SendAsync(caller, new Question(HttpMethod.Get, next), cancellationToken);
            next = (answer as Answer<Reply>.Ok)?.Value.Next;
            var items = answer.Then(reply => reply.Read(type)).Select(value => read(value) ?? []);
            if (items is not Answer<IEnumerable<T>>.Ok ok)
                return items.Select<IReadOnlyList<T>>(_ => []);
            all.AddRange(ok.Value);
            if (last is not null && all.Count > 0 && last(all[^1]))
                break;
        }

        return new Answer<IReadOnlyList<T>>.Ok(all);
    }

    public Task<Answer<IReadOnlyList<T>>> ListAsync<T>(
        Caller caller, string path, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancellationToken) =>
        ListAsync(caller, path, type, page => page, cancellationToken);

    public async Task<Answer<T>> SendAsync<TBody, T>(
        Caller caller, HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        (await SendAsync(caller, new Question(method, http.Address(path), JsonSerializer.SerializeToUtf8Bytes(body, bodyType)), cancellationToken))
        .Then(reply => reply.Read(type));

    /// <summary>An act whose answer says nothing that we need.</summary>
    public async Task<Answer<Done>> DoAsync(Caller caller, HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken) =>
        (await SendAsync(caller, new Question(method, http.Address(path), body), cancellationToken)).Select(_ => default(Done));

    /// <param name="cost">What the address does not tell.</param>
    internal Task<Answer<Reply>> PostAsync<TBody>(
        Caller caller, Uri address, CallCost cost, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken) =>
        SendAsync(caller, new Question(HttpMethod.Post, address, JsonSerializer.SerializeToUtf8Bytes(body, bodyType)) { Cost = cost }, cancellationToken);

    private async Task<Answer<Reply>> SendAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        var (answer, renew) = await OnceAsync(caller, question, cancellationToken);
        if (renew)
            (answer, _) = await OnceAsync(caller, question, cancellationToken);
        // Who we are was refused, not what we asked: that says nothing about the thing itself.
        return answer is Answer<Reply>.Refused { Status: 401 } refused
            ? new Answer<Reply>.Unknown($"GitHub does not accept our credentials: {refused.Message}")
            : answer;
    }

    private async Task<(Answer<Reply> Answer, bool Renew)> OnceAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        switch (caller)
        {
            case Caller.App { Identity: var identity }:
                var own = await apps.SendAsync(identity, Payer.Of(identity), question, cancellationToken);
                return (own, own is Answer<Reply>.Refused { Status: 401 });
            case Caller.Holder { Token: var held }:
                return ((await http.SendAsync(held.Payer, question, held.Token, $"{held.Payer} {Act.List}", cancellationToken)).Answer, false);
            case Caller.Inside inside:
                return await tokens.GetAsync(inside.Identity, inside.Repo, inside.Act, cancellationToken) switch
                {
                    Answer<InstallationToken>.Ok { Value: var token } => await WithAsync(inside, token, question, cancellationToken),
                    // Without a token nothing was asked, so nothing is "not there".
                    Answer<InstallationToken>.NotFound => (new Answer<Reply>.Refused(404, $"the App is not installed on {inside.Repo}, or no longer"), false),
                    var none => (none.Then<Reply>(_ => throw new System.Diagnostics.UnreachableException()), none is Answer<InstallationToken>.Refused { Status: 401 }),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<(Answer<Reply> Answer, bool Renew)> WithAsync(
        Caller.Inside inside, InstallationToken token, Question question, CancellationToken cancellationToken)
    {
        var (answer, _, _, _) = await http.SendAsync(token.Payer, question, token.Token, $"{token.Payer} {inside.Act}", cancellationToken);
        if (answer is Answer<Reply>.Refused { Status: 401 })
        {
            tokens.Drop(inside.Identity, inside.Repo, inside.Act, token);
            return (answer, true);
        }

        if (answer is not Answer<Reply>.NotFound)
            return (answer, false);

        // A token whose repository went elsewhere finds nothing in it any more: that says nothing about the thing itself.
        return await tokens.OpensAsync(inside.Identity, inside.Repo, inside.Act, token, cancellationToken) switch
        {
            Answer<bool>.Ok { Value: true } => (answer, false),
            Answer<bool>.Ok => (new Answer<Reply>.Unknown($"GitHub no longer shows us {inside.Repo}"), true),
            var unclear => (new Answer<Reply>.Unknown($"GitHub did not say whether {inside.Repo} is still open to us", (unclear as Answer<bool>.Unknown)?.RetryAt), false),
        };
    }
}
