using EventEngine.Application.Entries;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Web.Tests.Api;

/// <summary>The arithmetic of steps and buckets.</summary>
public sealed class ChartRangeProperties
{
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<ChartRange> Ranges = (
        from start in Gen.Choose(0, 400 * 24 * 3600)
        from seconds in Gen.OneOf(Gen.Choose(1, 7200), Gen.Choose(1, 3 * 24 * 3600), Gen.Choose(1, 700 * 24 * 3600))
        from step in Gen.Elements([null, .. TimeStep.All])
        let range = ChartRange.Of(Origin.AddSeconds(start), Origin.AddSeconds(start + seconds), step, Origin)
        where range.Points < 100_000
        select range).ToArbitrary();

    [Fact]
    public void Every_minute_of_the_range_has_exactly_one_bucket() => Prop.ForAll(Ranges, range =>
    {
        for (var at = range.From; at < range.To; at = at.AddMinutes(Math.Max(1, (range.To - range.From).TotalMinutes / 50 - 1)))
        {
            var index = range.IndexOf(TimeStep.Minute.Floor(at));
            index.ShouldBeInRange(0, range.Points - 1);
            range.BucketAt(index).ShouldBeLessThanOrEqualTo(at);
            (range.BucketAt(index) + range.Step.Length).ShouldBeGreaterThan(at);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Buckets_are_aligned_and_cover_no_more_than_they_must() => Prop.ForAll(Ranges, range =>
    {
        (range.BucketAt(0).UtcTicks % range.Step.Length.Ticks).ShouldBe(0);
        range.BucketAt(0).ShouldBeGreaterThan(range.From - range.Step.Length);
        range.BucketAt(range.Points - 1).ShouldBeLessThan(range.To);
        range.BucketAt(range.Points).ShouldBeGreaterThanOrEqualTo(range.To);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Minutes_and_whole_hours_together_are_the_range() => Prop.ForAll(Ranges, range =>
    {
        var (from, to) = range.WholeHours;
        from.ShouldBeLessThanOrEqualTo(to);
        from.ShouldBeInRange(range.From, range.To);
        to.ShouldBeInRange(range.From, range.To);
        if (from == to) return;
        TimeStep.Hour.Floor(from).ShouldBe(from);
        TimeStep.Hour.Floor(to).ShouldBe(to);
        (from - range.From).ShouldBeLessThan(TimeSpan.FromHours(1));
        (range.To - to).ShouldBeLessThan(TimeSpan.FromHours(1));
        range.Step.Length.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, "1m")]
    [InlineData(300, "1m")]
    [InlineData(301, "5m")]
    [InlineData(24 * 60, "5m")]
    [InlineData(7 * 24 * 60, "1h")]
    [InlineData(30 * 24 * 60, "1d")]
    [InlineData(700 * 24 * 60, "1d")]
    public void The_step_is_the_finest_that_gives_at_most_300_points(int minutes, string step) =>
        ChartRange.Of(Origin, Origin.AddMinutes(minutes), null, Origin).Step.Name.ShouldBe(step);

    [Fact]
    public void By_default_it_is_the_hour_up_to_now()
    {
        var range = ChartRange.Of(null, null, null, Origin.AddSeconds(30));
        (range.From, range.To, range.Points).ShouldBe((Origin.AddMinutes(-59), Origin.AddMinutes(1), 60));
    }
}
