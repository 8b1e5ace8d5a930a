using Muster.App.GitHub.Budget;

namespace Muster.App.GitHub;

/// <summary>One request, before it is known who makes it.</summary>
internal sealed record Question(HttpMethod Method, Uri Address, byte[]? Body = null)
{
    /// <summary>By verb and path, where nobody says better.</summary>
    public CallCost Cost { get => field == default ? CallCost.Of(Method, Address.AbsolutePath) : field; init; }
}
