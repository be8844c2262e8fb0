using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using static EventEngine.Domain.Tests.Entries.Reported;

namespace EventEngine.Domain.Tests.Entries;

/// <summary>The ledger and the charts of a day know that day and the day before, so that older days can be deleted.</summary>
public sealed class CountingByDayTests
{
    private static readonly AppId App = new(Guid.Empty);

    [Fact]
    public void A_repetition_on_the_next_day_is_a_duplicate() =>
        ByDay(Published()).HasRecently(ReceivedAfterDays(1)).ShouldBeTrue();

    [Fact]
    public void A_repetition_two_days_later_counts_again() =>
        ByDay(Published()).HasRecently(ReceivedAfterDays(2)).ShouldBeFalse();

    [Fact]
    public void A_repetition_counts_from_the_last_time_it_came() =>
        ByDay(Published(), ReceivedAfterDays(1)).HasRecently(ReceivedAfterDays(2)).ShouldBeTrue();

    [Fact]
    public void A_repetition_two_days_later_is_booked_on_its_day_of_receipt_and_leaves_the_event_as_it_was()
    {
        var before = ByDay(Published() with { LatencyMs = 5 });
        var again = ReceivedAfterDays(2) with { LatencyMs = 5 };
        var after = before.With(again);

        var (key, counters) = Change(before, after).ShouldHaveSingleItem();

        key.From.ShouldBe(Noon);
        key.ReceivedOn.ShouldBe(DateOnly.FromDateTime(Noon.UtcDateTime).AddDays(2));
        (counters.Events, counters.Published, counters.LatencyCount).ShouldBe((1, 1, 1));
        after.FirstDay.ShouldBe(before.FirstDay);
        after.Whole.State.ReportedAt.ShouldBe(before.Whole.State.ReportedAt);
    }

    [Fact]
    public void A_late_entry_is_booked_on_its_day_of_receipt_in_the_minute_it_belongs_to()
    {
        var late = Emitted("0s", receivedAfterSeconds: 86_400);
        var key = Change(null, ByDay(late)).ShouldHaveSingleItem().Key;

        (key.From, key.ReceivedOn).ShouldBe((Noon, DateOnly.FromDateTime(Noon.UtcDateTime).AddDays(1)));
    }

    [Fact]
    public void A_correction_moves_a_latency_from_its_old_value_to_the_new()
    {
        var before = ByDay(Published("90s") with { LatencyMs = 50 });
        var correction = Published("90s") with { LatencyMs = 20 };
        var counters = Change(before, before.With(correction)).Single(cell => !cell.Value.IsNothing).Value;

        (counters.Published, counters.LatencyCount, counters.LatencySumUs).ShouldBe((0, 0, -30_000));
        var sketch = new LatencySketch();
        sketch.Add(50_000);
        sketch.Merge(counters.Sketch);
        sketch.PercentileUs(0.5)!.Value.ShouldBe(20_000, 200);
    }

    [Fact]
    public void An_emission_that_comes_after_its_publication_moves_the_event_to_its_own_minute()
    {
        var before = ByDay(Published("90s"));
        var cells = Change(before, before.With(Emitted("0s")));

        cells.Single(cell => cell.Key.From == Noon).Value.Events.ShouldBe(1);
        cells.Single(cell => cell.Key.From == Noon.AddMinutes(1)).Value.Events.ShouldBe(-1);
    }

    private static EntryReported ReceivedAfterDays(int days) => Published() with { At = Published().At.AddDays(days) };

    private static IReadOnlyDictionary<RollupKey, RollupCounters> Change(EventByDay? before, EventByDay after)
    {
        var rollups = new Rollups();
        rollups.Change(App, before, after);
        return rollups.Minutes;
    }
}
