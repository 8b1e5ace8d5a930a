namespace Muster.Contracts;

/// <summary>
/// Stands on the line to GitHub, next to the wire, and throws where something is not as GitHub describes it. An answer
/// that does not carry GitHub's request id is not GitHub's: of what a test's stub or a proxy says nothing is concluded.
/// </summary>
public sealed class ContractHandler(Contract contract) : DelegatingHandler
{
    public const string RequestId = "X-GitHub-Request-Id";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        if (!response.Headers.Contains(RequestId))
        {
            return response;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var uri = request.RequestUri!;
        var one = contract.Add(new Exchange(
            request.Method.Method, uri.AbsolutePath, uri.Query, body, request.Content?.Headers.ContentType?.MediaType, (int)response.StatusCode, answer,
            request.Headers.IfNoneMatch.Count > 0));
        return one.Faults.Count == 0 ? response : throw new ContractException(string.Join('\n', one.Faults));
    }
}
