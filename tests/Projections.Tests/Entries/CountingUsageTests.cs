using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Entries;

/// <summary>That order, repetition and cut change nothing is shown with the other tables, in <see cref="FeedingEntriesTests"/>.</summary>
public sealed class CountingUsageTests
{
    private const double Days = 86_400;
    private const string Usage = "select day, events from views.daily_usage order by 1";

    [Fact]
    public async Task An_event_counts_once_on_the_day_of_its_first_receipt()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, Days, receivedAt: Days), Entry("3", EntryStatus.Emitted, Days, receivedAt: Days));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0, receivedAt: Days));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync(Usage)).ShouldBe(["(2026-11-20,2)", "(2026-11-21,1)"]);
    }

    [Fact]
    public async Task An_event_that_turns_out_to_have_come_in_the_month_before_counts_there()
    {
        const double December = 11 * Days;
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0, receivedAt: December));
        await pipeline.RunAsync(new EntriesProjection());
        (await pipeline.RowsAsync(Usage)).ShouldBe(["(2026-12-01,1)"]);

        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0, receivedAt: December - Days));
        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync(Usage)).ShouldBe(["(2026-11-30,1)"]);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task It_is_the_number_of_event_rows_by_first_receipt(int seed)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var random = new Random(seed);
        var lives = Lives(seed, events: 120);
        EntryReported[] moved = [.. lives.Select(entry => random.Next(2) == 0 ? entry with { At = entry.At.AddDays(random.Next(0, 14)) } : entry)];
        moved = [.. moved, .. moved.Where((_, i) => i % 3 == 0)];
        random.Shuffle(moved);
        await pipeline.StartAsync(new EntriesProjection());
        foreach (var batch in Cut(moved, random))
            foreach (var day in batch.GroupBy(entry => entry.At.UtcDateTime.Date)) await pipeline.ReceiveAsync(Shop, [.. day]);
        await pipeline.CaughtUpAsync("entries");

        var rows = await pipeline.RowsAsync("select app_id, coalesce(first_received_on, received_on), count(*) from views.event_entries group by 1, 2 order by 1, 2");
        rows.Count.ShouldBeGreaterThan(2);
        (await pipeline.RowsAsync("select * from views.daily_usage order by 1, 2")).ShouldBe(rows);
    }
}
