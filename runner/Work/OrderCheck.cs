using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Runner.Work;

/// <summary>The app sent an order that this runner does not carry out; the message says why.</summary>
public sealed class UnusableOrderException(string message) : Exception(message);

/// <summary>Looks at an order before anything is done with it: its texts become arguments of git and names of folders.</summary>
public static partial class OrderCheck
{
    private const int KnownVersion = 1;

    public static void ThrowIfUnusable(JobOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Version != KnownVersion)
            throw new UnusableOrderException($"The order has version {order.Version}, and this runner knows {KnownVersion}: update the runner.");
        if (!Sha.IsMatch(order.Base.Value) || !Sha.IsMatch(order.Start.Value))
            throw new UnusableOrderException("The order names a commit that is no full commit id.");
        if (!Branch.IsMatch(order.Branch) || order.Branch.Contains("..", StringComparison.Ordinal))
            throw new UnusableOrderException($"The order names a branch that is none: '{order.Branch}'.");
        if (order.CloneUrl.StartsWith('-'))
            throw new UnusableOrderException($"The order's clone address is none: '{order.CloneUrl}'.");
    }

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Sha { get; }

    [GeneratedRegex(@"^[\p{L}\p{N}_][^\s\x00-\x1f\x7f~^:?*\[\\]*\z")]
    private static partial Regex Branch { get; }
}
