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

        Assert.Equal([1L, 3L], LostDeliveries.In(newestFirst).Select(d => d.Id));
    }

    [Fact]
    public void What_came_at_a_later_attempt_is_not_asked_for()
    {
        Assert.Empty(LostDeliveries.In([Attempt(2, "a", 202), Attempt(1, "a", 502)]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public void What_we_refused_would_be_refused_again(int status)
    {
        Assert.Empty(LostDeliveries.In([Attempt(1, "a", status)]));
    }

    [Fact]
    public void After_five_attempts_it_is_left_alone()
    {
        Assert.Single(LostDeliveries.In([.. Enumerable.Range(1, 4).Select(id => Attempt(id, "a", 503))]));
        Assert.Empty(LostDeliveries.In([.. Enumerable.Range(1, 5).Select(id => Attempt(id, "a", 503))]));
    }

    private static HookDelivery Attempt(long id, string key, int status) => new(id, key, null, status, "issues", "labeled");
}
