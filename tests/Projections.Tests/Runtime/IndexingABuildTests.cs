using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using Npgsql;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>A build loads first, and makes the indexes that only queries need when it has caught up.</summary>
public sealed class IndexingABuildTests
{
    private const int Gate = 42;

    private static readonly string Tables = string.Join('|', [.. new EntriesProjection().Tables.Names, "counted"]);

    // The second waits for as long as a test holds the gate.
    private static readonly string Indexes = $"""
        create index if not exists counted_first on counted (subject, events);
        do $$ begin
            perform pg_advisory_xact_lock({Gate});
            create index if not exists counted_second on counted (events);
        end $$;
        """;

    [Fact]
    public async Task Its_tables_have_the_indexes_of_a_first_start_whenever_their_partitions_were_made()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        var before = await IndexesAsync(pipeline, "views");

        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild, Keep: true)));
        (await IndexesAsync(pipeline, "build_entries")).ShouldBe(before);
        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild)));
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0) with { At = Noon.AddDays(3) });
        await pipeline.CaughtUpAsync("entries");

        await using var uninterrupted = await Pipeline.CreateAsync();
        await uninterrupted.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await uninterrupted.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0) with { At = Noon.AddDays(3) });
        await uninterrupted.RunAsync(new EntriesProjection());
        var after = await IndexesAsync(pipeline, "views");
        after.ShouldBe(await IndexesAsync(uninterrupted, "views"));
        after.Count.ShouldBeGreaterThan(before.Count);
        (await IndexesAsync(pipeline, "previous_entries")).ShouldBe(before);
    }

    [Fact]
    public async Task Meanwhile_the_live_tables_go_on_and_the_next_worker_makes_what_is_missing()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        var first = await pipeline.StartAsync(new CountingProjection(indexes: Indexes));
        await pipeline.CaughtUpAsync("counting");
        var gate = await pipeline.HoldAsync($"select pg_advisory_lock({Gate})");
        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await IsIndexingAsync(pipeline, requests);

        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
        (await IndexesAsync(pipeline, "build_counting")).Count.ShouldBe(2);
        await first.StopAsync(CancellationToken.None);
        await gate.DisposeAsync();
        await pipeline.StartAsync(new CountingProjection(indexes: Indexes));

        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("swapped");
        (await IndexesAsync(pipeline, "views")).Count.ShouldBe(3);
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
    }

    [Fact]
    public async Task Cancelled_meanwhile_it_leaves_no_trace()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new CountingProjection(indexes: Indexes));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        await using var gate = await pipeline.HoldAsync($"select pg_advisory_lock({Gate})");
        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await IsIndexingAsync(pipeline, requests);

        (await pipeline.Rebuilds.CancelAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();

        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("cancelled");
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Killed_meanwhile_the_same_command_goes_on_from_there()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        foreach (var batch in Lives(seed: 9, events: 20_000).Chunk(1_000)) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.RunAsync(new EntriesProjection());
        var (rows, indexes) = (await pipeline.EntriesAsync(), await IndexesAsync(pipeline, "views"));
        var requests = await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild));

        await using (var killed = WorkerProcess.Start(pipeline, "rebuild", "entries"))
        {
            await using var held = await HoldIndexingAsync(pipeline);
            await IsIndexingAsync(pipeline, requests);
            await killed.KillAsync();
        }

        await using var again = WorkerProcess.Start(pipeline, "rebuild", "entries");
        var (code, output) = await again.EndsAsync();

        code.ShouldBe(0, output);
        output.ShouldContain("entries: swapped in");
        (await pipeline.EntriesAsync()).ShouldBe(rows);
        (await IndexesAsync(pipeline, "views")).ShouldBe(indexes);
    }

    /// <summary>Without the names that Postgres gives to those of partitions: they follow from the order in which they are made, two at a time.</summary>
    private static Task<List<string>> IndexesAsync(Pipeline pipeline, string schema) => pipeline.RowsAsync($"""
        select tablename, regexp_replace(replace(indexdef, '{schema}.', ''), 'INDEX \w+_idx\d* ON', 'INDEX ON') as index from pg_indexes
        where schemaname = '{schema}' and tablename ~ '^({Tables})' order by 1, 2
        """);

    private static Task IsIndexingAsync(Pipeline pipeline, List<Guid> requests) =>
        Eventually.Becomes(async () => (await pipeline.Rebuilds.ReadAsync(requests, CancellationToken.None)).Single().State == "indexing", TimeSpan.FromSeconds(40));

    /// <summary>As a writer would: rows come in, and no index can be made.</summary>
    private static async Task<NpgsqlConnection> HoldIndexingAsync(Pipeline pipeline)
    {
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select to_regclass('build_entries.event_entries') is not null"), TimeSpan.FromSeconds(40));
        return await pipeline.HoldAsync("begin; lock table build_entries.event_entries in row exclusive mode");
    }
}
