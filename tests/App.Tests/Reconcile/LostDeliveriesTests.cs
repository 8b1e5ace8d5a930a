using Muster.App.GitHub;
using Muster.App.Reconcile;

namespace Muster.App.Tests.Reconcile;

/// <summary>Which webhooks are asked for once more.</summary>
public sealed class LostDeliveriesTests
{
    [Fact]
    public void What_found_no_app_is_asked_for_oldest_first()
    {
        HookDelivery[] newestFirst = [Attempt(3, "c", 502), Attempt(2, "b", 202), Attempt(1, "a", 0)];

        Assert.Equal([1L, 3L], LostDeliveries.In(newestFirst, Start).Select(d => d.Lost.Id));
    }

    [Fact]
    public void What_came_at_a_later_attempt_is_not_asked_for()
    {
        Assert.Empty(LostDeliveries.In([Attempt(2, "a", 202), Attempt(1, "a", 502)], Start));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public void What_we_refused_would_be_refused_again(int status)
    {
        Assert.Empty(LostDeliveries.In([Attempt(1, "a", status)], Start));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 16)]
    [InlineData(200, 60)]
    public void It_is_asked_for_at_once_and_then_at_longer_and_longer_intervals(int attempts, int minutes)
    {
        HookDelivery[] tried = [.. Enumerable.Range(1, attempts).Select(id => Attempt(id, "a", 503))];

        Assert.Equal(Start.AddSeconds(attempts).AddMinutes(minutes), Assert.Single(LostDeliveries.In(tried, Start)).Due);
    }

    [Fact]
    public void What_GitHub_does_not_keep_any_more_is_left_alone() =>
        Assert.Empty(LostDeliveries.In([Attempt(9, "a", 503), Attempt(1, "a", 503)], Start.AddSeconds(2)));

    private static DateTimeOffset Start => DateTimeOffset.UnixEpoch;

    private static HookDelivery Attempt(long id, string key, int status) => new(id, key, Start.AddSeconds(id), status, "issues", "labeled");
}
