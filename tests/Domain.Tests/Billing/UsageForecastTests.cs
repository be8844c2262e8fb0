using EventEngine.Domain.Billing;

namespace EventEngine.Domain.Tests.Billing;

public sealed class UsageForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_steady_week_goes_on() => UsageForecast.Of(Days((1, 20, 100)), Now).ShouldBe(2_000 + (long)Math.Round(600 * (10.0 / 6)));

    [Fact]
    public void At_the_end_of_the_month_it_is_what_was_used() =>
        UsageForecast.Of(Days((1, 30, 100)), new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero)).ShouldBe(3_000);

    [Fact]
    public void Early_in_the_month_the_last_days_of_the_month_before_count_for_the_rate() =>
        UsageForecast.Of(Days((20, 30, 100)), new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe((long)Math.Round(600 * (31.0 / 6)));

    [Fact]
    public void Days_before_everything_began_are_no_days_without_events() =>
        UsageForecast.Of(Days((19, 20, 100)), Now).ShouldBe(200 + 1_000);

    [Fact]
    public void Days_without_events_in_between_count_as_such() =>
        UsageForecast.Of(Days((1, 1, 50), (20, 20, 60)), Now).ShouldBe(110 + 100);

    [Fact]
    public void It_is_too_early_to_say_in_the_first_day()
    {
        UsageForecast.Of(Days((20, 20, 100)), Now.AddSeconds(-1)).ShouldBeNull();
        UsageForecast.Of(new Dictionary<DateOnly, long>(), Now).ShouldBeNull();
    }

    private static Dictionary<DateOnly, long> Days(params (int From, int To, long Events)[] runs) => new(
        from run in runs from day in Enumerable.Range(run.From, run.To - run.From + 1) select KeyValuePair.Create(new DateOnly(2026, 11, day), run.Events));
}
