using EventEngine.Domain.Retention;

namespace EventEngine.Domain.Tests.Retention;

public sealed class RetentionCalendarTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Theory]
    [InlineData("2026-11-17T00:59:59Z", false)]
    [InlineData("2026-11-17T01:00:00Z", true)]
    public void A_day_is_finished_an_hour_after_midnight(string now, bool finished) =>
        RetentionCalendar.IsFinished(Monday, DateTimeOffset.Parse(now)).ShouldBe(finished);

    [Theory]
    [InlineData("2026-11-17T23:59:59Z", 1, false)]
    [InlineData("2026-11-18T00:00:00Z", 1, true)]
    [InlineData("2026-11-23T23:59:59Z", 7, false)]
    [InlineData("2026-11-24T00:00:00Z", 7, true)]
    [InlineData("2036-11-24T00:00:00Z", null, false)]
    public void A_day_expires_when_its_last_moment_does(string now, int? days, bool expired) =>
        RetentionCalendar.HasExpired(Monday, days, DateTimeOffset.Parse(now)).ShouldBe(expired);

    [Fact]
    public void A_day_goes_only_when_the_next_one_is_finished()
    {
        ReceivedDayState[] days = [new(Monday.AddDays(1), true, false), new(Monday, true, false)];

        RetentionCalendar.ToDelete(days, 1, DateTimeOffset.Parse("2026-11-18T00:30:00Z")).ShouldBeEmpty();
        RetentionCalendar.ToDelete(days, 1, DateTimeOffset.Parse("2026-11-18T01:00:00Z")).ShouldBe([Monday]);
        RetentionCalendar.ToDelete(days, 1, DateTimeOffset.Parse("2026-11-20T00:00:00Z")).ShouldBe([Monday, Monday.AddDays(1)]);
    }

    [Fact]
    public void What_was_closed_or_deleted_is_not_due_again()
    {
        ReceivedDayState[] days = [new(Monday, true, false), new(Monday.AddDays(1), true, true), new(Monday.AddDays(3), false, false), new(Monday.AddDays(2), false, false)];
        var now = DateTimeOffset.Parse("2026-11-30T00:00:00Z");

        RetentionCalendar.ToClose(days, now).ShouldBe([Monday.AddDays(2), Monday.AddDays(3)]);
        RetentionCalendar.ToDelete(days, 7, now).ShouldBe([Monday, Monday.AddDays(2), Monday.AddDays(3)]);
    }
}
