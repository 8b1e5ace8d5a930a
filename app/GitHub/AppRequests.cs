using Muster.App.GitHub.Budget;

namespace Muster.App.GitHub;

/// <summary>Asks in the name of an App itself; where GitHub does not know it, once more by GitHub's own clock.</summary>
public sealed class AppRequests(GitHubHttp http, AppJwt jwt, GitHubClock clock)
{
    /// <summary>Not found where there is no such App here.</summary>
    internal async Task<Answer<Reply>> SendAsync(GitHubIdentity identity, Payer payer, Question question, CancellationToken cancellationToken)
    {
        if (!jwt.Has(identity))
            return new Answer<Reply>.NotFound();
        var sent = await OnceAsync(identity, payer, question, cancellationToken);
        if (sent is not { Answer: Answer<Reply>.Refused { Status: 401 } } || !clock.Learn(sent.Date))
            return sent.Answer;
        var again = (await OnceAsync(identity, payer, question, cancellationToken)).Answer;
        if (again is Answer<Reply>.Refused { Status: 401 })
            clock.Forget();
        return again;
    }

    private Task<Sent> OnceAsync(GitHubIdentity identity, Payer payer, Question question, CancellationToken cancellationToken) =>
        http.SendAsync(payer, question, jwt.For(identity), Payer.Of(identity).Name, cancellationToken);
}
