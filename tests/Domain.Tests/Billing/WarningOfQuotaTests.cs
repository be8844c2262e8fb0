using EventEngine.Domain.Billing;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Billing;

public sealed class WarningOfQuotaTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null)]
    [InlineData(79, null)]
    [InlineData(80, 80)]
    [InlineData(99, 80)]
    [InlineData(100, 100)]
    [InlineData(250, 100)]
    public void Given_nothing_when_a_share_is_used_then_the_highest_threshold_is_told(long used, int? percent) =>
        Given().Warn(used, 100, Noon).ShouldBe(percent is { } reached ? [new QuotaWarned(Noon, reached, used, 100)] : []);

    [Fact]
    public void Given_a_queued_warning_when_asked_again_then_nothing_happens_until_the_next_threshold()
    {
        var told = Given(new QuotaWarned(Noon, 80, 80, 100), new QuotaWarningQueued(Noon, 80, 100));

        told.Warn(90, 100, Noon.AddDays(1)).ShouldBeEmpty();
        told.Warn(100, 100, Noon.AddDays(1)).Count.ShouldBe(1);
    }

    [Fact]
    public void Given_everything_was_told_when_a_correction_falls_below_then_the_lower_one_is_not_told_after_it() =>
        Given(new QuotaWarned(Noon, 100, 100, 100), new QuotaWarningQueued(Noon, 100, 100)).Warn(99, 100, Noon.AddDays(1)).ShouldBeEmpty();

    [Fact]
    public void Given_a_claim_when_another_asks_at_once_then_it_leaves_it_and_later_takes_it_over()
    {
        var claimed = Given(new QuotaWarned(Noon, 80, 80, 100));

        claimed.Warn(80, 100, Noon + QuotaWarnings.Patience - TimeSpan.FromSeconds(1)).ShouldBeEmpty();
        claimed.Warn(80, 100, Noon + QuotaWarnings.Patience).Count.ShouldBe(1);
    }

    [Fact]
    public void Given_another_limit_when_it_is_reached_then_it_is_told_again() =>
        Given(new QuotaWarned(Noon, 100, 100, 100), new QuotaWarningQueued(Noon, 100, 100)).Warn(800, 1000, Noon)
            .ShouldBe([new QuotaWarned(Noon, 80, 800, 1000)]);

    [Fact]
    public void Given_a_queued_warning_when_queued_again_then_nothing_happens() =>
        Given(new QuotaWarningQueued(Noon, 80, 100)).Queue(80, 100, Noon).ShouldBeEmpty();

    private static QuotaWarnings Given(params IFact[] facts) => facts.Aggregate(QuotaWarnings.Initial, QuotaWarnings.Evolve);
}
