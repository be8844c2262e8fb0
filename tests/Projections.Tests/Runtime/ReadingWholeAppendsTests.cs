using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>What a request announced and what it held are applied together, so that the ledger balances after every commit.</summary>
public sealed class ReadingWholeAppendsTests
{
    private static readonly EventFilter Entries = new(StreamPrefixes: ["entries-"]);

    [Fact]
    public async Task A_chunk_never_ends_inside_an_append()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        for (var batch = 0; batch < 7; batch++)
            await pipeline.ReceiveAsync(Shop, [.. Enumerable.Range(0, 900).Select(i => Entry($"{batch}-{i}", EntryStatus.Emitted, 0))]);

        var chunks = await ReadAsync(pipeline, facts: 7 * 901);

        chunks.Count.ShouldBeGreaterThan(1);
        chunks.ShouldAllBe(chunk => chunk.Facts[0].Fact is BatchReceived);
        chunks.ShouldAllBe(chunk => chunk.Facts.Count % 901 == 0);
    }

    [Fact]
    public async Task An_append_that_lost_its_end_is_handed_over_all_the_same()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var entry = Entry("1", EntryStatus.Emitted, 0);
        await pipeline.AppendAsync(StreamName.Entries(Shop, DateOnly.FromDateTime(entry.At.UtcDateTime)), new BatchReceived(entry.At, 3, null), entry);

        var chunks = await ReadAsync(pipeline, facts: 2);

        chunks.Sum(chunk => chunk.Facts.Count).ShouldBe(2);
    }

    [Fact]
    public async Task An_append_that_an_outage_cut_in_two_is_handed_over_whole_when_the_store_is_back()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("2", EntryStatus.Emitted, 0), Entry("3", EntryStatus.Emitted, 0));
        var store = new BreakingStore(pipeline.Store, after: 2);

        var reading = ReadAsync(store, facts: 4);
        await Eventually.Becomes(() => store.Looks >= 2);
        reading.IsCompleted.ShouldBeFalse();
        store.ComeBack();

        (await reading).ShouldHaveSingleItem().Facts.Count.ShouldBe(4);
    }

    private static Task<List<FactChunk>> ReadAsync(Pipeline pipeline, int facts) => ReadAsync(pipeline.Store, facts);

    private static async Task<List<FactChunk>> ReadAsync(IEventStore store, int facts)
    {
        var chunks = new List<FactChunk>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var chunk in new FactSource(store, TimeProvider.System).ReadAsync(null, Entries, stop.Token))
        {
            if (chunk.Facts.Count > 0) chunks.Add(chunk);
            if (chunks.Sum(read => read.Facts.Count) == facts) break;
        }

        return chunks;
    }
}
