using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Tests.Shared;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Entries;

public sealed class FeedingEntriesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Shuffled_and_split_otherwise_the_same_entries_leave_the_same_read_models(int seed)
    {
        var lives = Lives(seed, events: 150);
        var expected = await ReadModelsAfterAsync([lives], together: true);

        var shuffled = lives.ToArray();
        new Random(seed).Shuffle(shuffled);
        (await ReadModelsAfterAsync(Cut(shuffled, new Random(seed)), together: false)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Repeated_entries_are_duplicates_and_change_nothing_else(int seed)
    {
        var lives = Lives(seed, events: 150);
        var expected = await ReadModelsAfterAsync([lives], together: true, withLedger: false);
        EntryReported[] repeated = [.. lives, .. lives.Where((_, i) => i % 3 == 0), .. lives.Where((_, i) => i % 7 == 0)];
        new Random(seed).Shuffle(repeated);

        (await ReadModelsAfterAsync(Cut(repeated, new Random(seed)), together: false, withLedger: false)).ShouldBe(expected);
    }

    [Fact]
    public async Task What_was_received_is_what_was_stored_repeated_rejected_and_refused()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var stream = StreamName.Entries(Shop, DateOnly.FromDateTime(Noon.UtcDateTime));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("1", EntryStatus.Emitted, 0), Entry("1", EntryStatus.Published, 1));
        await pipeline.AppendAsync(stream, new BatchReceived(Noon, 1, null), new EntryRejected(Noon, 0, "event_id is missing", null, "order_placed"));
        await pipeline.AppendAsync(stream, new EntriesRefused(Noon, 5, "quota"));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select received, stored, duplicate, rejected, refused from views.ledger_hours")).ShouldBe(["(9,2,1,1,5)"]);
        (await pipeline.RowsAsync("select index, reason, event_id, event_name from views.rejected_entries")).ShouldBe(["(0,\"event_id is missing\",,order_placed)"]);
    }

    [Fact]
    public async Task A_late_latency_joins_the_sketch_that_is_stored()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var projection = new EntriesProjection();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 0) with { LatencyMs = 10 });
        await pipeline.RunAsync(projection);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Published, 1) with { LatencyMs = 30 });
        await pipeline.RunAsync(projection);

        foreach (var rows in new[] { "rollup_minutes where event_name <> ''", "rollup_minutes where event_name = ''", "rollup_hours where event_name <> ''", "rollup_hours where event_name = ''" })
        {
            var sketch = LatencySketch.Decode((await pipeline.ScalarAsync<byte[]>($"select sketch from views.{rows}"))!);
            sketch.Count.ShouldBe(2);
            sketch.PercentileUs(0)!.Value.ShouldBe(10_000, 100);
            sketch.PercentileUs(1)!.Value.ShouldBe(30_000, 300);
        }
    }

    [Fact]
    public async Task The_series_of_the_whole_app_is_the_sum_of_its_event_names()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 0) with { LatencyMs = 10 }, Entry("2", EntryStatus.Emitted, 1) with { EventName = "other" });
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Published, 90) with { EventName = "other", LatencyMs = 20 });
        await pipeline.RunAsync(new EntriesProjection());

        const string Sum = "sum(events), sum(emitted), sum(published), sum(dead_lettered), sum(latency_count), sum(latency_sum_us)";
        foreach (var (table, unit) in new[] { ("rollup_minutes", "minute"), ("rollup_hours", "hour") })
        {
            var whole = await pipeline.RowsAsync($"select {unit}, {Sum} from views.{table} where event_name = '' group by 1 order by 1");
            whole.ShouldNotBeEmpty();
            whole.ShouldBe(await pipeline.RowsAsync($"select {unit}, {Sum} from views.{table} where event_name <> '' group by 1 order by 1"));
        }
    }

    [Fact]
    public async Task A_publication_days_later_finds_its_event()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 400_000, receivedAt: 400_000));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select first_received_on, received_on, status, latency_us from views.event_entries")).ShouldBe(["(2026-11-20,2026-11-25,1,400000000000)"]);
        (await pipeline.RowsAsync("select received_on, emitted, published, latency_count from views.rollup_minutes where event_name <> '' order by 1"))
            .ShouldBe(["(2026-11-20,1,0,0)", "(2026-11-25,0,1,0)"]);
    }

    [Fact]
    public async Task A_worker_that_goes_on_from_an_empty_table_finds_what_it_wrote_itself()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");

        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 90_000, receivedAt: 90_000));

        await pipeline.CaughtUpAsync("entries");
        (await pipeline.RowsAsync("select first_received_on, received_on, status from views.event_entries")).ShouldBe(["(2026-11-20,2026-11-21,1)"]);
    }

    [Fact]
    public async Task An_id_that_an_app_uses_again_after_days_is_another_event()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 400_000, 400_000), Entry("1", EntryStatus.Published, 400_001, 400_000));

        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select received_on, status from views.event_entries order by 1")).ShouldBe(["(2026-11-20,0)", "(2026-11-25,1)"]);
        (await pipeline.RowsAsync("select events, pending, published from views.app_totals")).ShouldBe(["(2,1,1)"]);
    }

    [Fact]
    public async Task A_day_that_comes_after_the_next_one_joins_the_same_row()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0, receivedAt: 43_200));
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0, receivedAt: 43_199));
        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select first_received_on, received_on from views.event_entries")).ShouldBe(["(2026-11-20,2026-11-21)"]);
    }

    private static async Task<string> ReadModelsAfterAsync(List<List<EntryReported>> batches, bool together, bool withLedger = true)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        if (!together) await pipeline.StartAsync(new EntriesProjection());
        foreach (var batch in batches) await pipeline.ReceiveAsync(Shop, batch);
        if (together) await pipeline.StartAsync(new EntriesProjection());
        await pipeline.CaughtUpAsync("entries");
        (await pipeline.ScalarAsync<decimal>("select sum(received - stored - duplicate - rejected - refused) from views.ledger_hours")).ShouldBe(0);
        return await pipeline.EntriesAsync(withLedger);
    }
}
