using System.Net;
using System.Text.Json.Nodes;

namespace Muster.App.Tests.Stories;

/// <summary>A fault on the app's line to GitHub, switched on for the requests that a test names.</summary>
internal sealed class Fault
{
    private HttpStatusCode answer;
    private volatile Func<HttpRequestMessage, bool>? when;
    private volatile Func<HttpRequestMessage, bool>? held;
    private volatile Task open = Task.CompletedTask;
    private volatile Func<HttpRequestMessage, Task<JsonNode?>>? refuses;

    /// <summary>How many requests it met.</summary>
    public int Met { get; private set; }

    public void On(Func<HttpRequestMessage, bool> which, HttpStatusCode status = HttpStatusCode.BadGateway) => (answer, when) = (status, which);

    public void Off() => when = null;

    /// <summary>GitHub refuses with 422 where this gives a reason.</summary>
    public void Answer(Func<HttpRequestMessage, Task<JsonNode?>> reason) => refuses = reason;

    /// <summary>Lets the requests wait until the returned act is called.</summary>
    public Action Hold(Func<HttpRequestMessage, bool> which)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (held, open) = (which, gate.Task);
        return () =>
        {
            held = null;
            gate.SetResult();
        };
    }

    internal sealed class Handler(Fault fault) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (breaks, waits) = (fault.when?.Invoke(request) == true, fault.held?.Invoke(request) == true);
            fault.Met += breaks || waits ? 1 : 0;
            if (waits)
                await fault.open.WaitAsync(cancellationToken);
            if (fault.refuses is { } refuses && await refuses(request) is { } reason)
                return new HttpResponseMessage(System.Net.HttpStatusCode.UnprocessableEntity) { RequestMessage = request, Content = new StringContent(reason.ToJsonString()) };
            return breaks
                ? new HttpResponseMessage(fault.answer) { RequestMessage = request, Content = new ByteArrayContent([]) }
                : await base.SendAsync(request, cancellationToken);
        }
    }
}
