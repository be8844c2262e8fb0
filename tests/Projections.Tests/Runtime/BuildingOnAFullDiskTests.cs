using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>Whatever is built beside gives its room back when the disk is full: else it would keep it from what arrives.</summary>
public sealed class BuildingOnAFullDiskTests
{
    private const string IsFull = "raise exception 'could not extend file' using errcode = 'disk_full'";

    [Theory]
    [InlineData(RebuildKind.Rebuild, "build_counting")]
    [InlineData(RebuildKind.Verify, "scratch_counting")]
    public async Task What_was_loaded_is_dropped(RebuildKind kind, string schema)
    {
        using var turns = new SemaphoreSlim(0);
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new CountingProjection(turns: turns));
        await pipeline.CaughtUpAsync("counting");

        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", kind));
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>($"select to_regclass('{schema}.counted') is not null"));
        await FillAsync(pipeline, $"{schema}.counted");
        turns.Release(100);

        await AssertGaveWayAsync(pipeline, requests);
    }

    [Fact]
    public async Task What_an_earlier_try_left_is_dropped()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new CountingProjection());
        await pipeline.CaughtUpAsync("counting");
        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild, Keep: true)));
        (await pipeline.SchemasAsync()).ShouldBe(["(build_counting)"]);
        await FillAsync(pipeline, "build_counting.checkpoints");

        await AssertGaveWayAsync(pipeline, await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild)));
    }

    [Fact]
    public async Task What_was_indexed_is_dropped()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new CountingProjection(indexes: $"do $$ begin if current_schema = 'build_counting' then {IsFull}; end if; end $$;"));
        await pipeline.CaughtUpAsync("counting");

        await AssertGaveWayAsync(pipeline, await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild)));
    }

    [Fact]
    public async Task What_is_live_waits_for_room()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var worker = await pipeline.StartAsync(new CountingProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        await FillAsync(pipeline, "views.counted");

        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Waiting);
        await using (var free = pipeline.DataSource.CreateCommand("drop trigger full_disk on views.counted")) await free.ExecuteNonQueryAsync();

        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
    }

    private static async Task FillAsync(Pipeline pipeline, string table)
    {
        await using var fill = pipeline.DataSource.CreateCommand($"""
            create or replace function public.full_disk() returns trigger language plpgsql as $$ begin {IsFull}; end $$;
            create trigger full_disk before insert or update on {table} for each row execute function public.full_disk();
            """);
        await fill.ExecuteNonQueryAsync();
    }

    private static async Task AssertGaveWayAsync(Pipeline pipeline, List<Guid> requests)
    {
        var row = (await pipeline.FinishedAsync(requests)).Single();
        row.State.ShouldBe("failed");
        row.Error.ShouldNotBeNull().ShouldStartWith("The database's disk is full. What was built of counting gives its room back");
        (await pipeline.SchemasAsync()).ShouldBeEmpty();

        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
    }
}
