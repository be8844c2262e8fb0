using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>Projections commit without waiting for the disk: a crash of the database undoes their last commits, rows and checkpoint together.</summary>
public sealed class UndoneCommitsTests
{
    private const int Gate = 43;

    // Waits for as long as a test holds the gate.
    private static readonly string Indexes = $"""
        do $$ begin
            perform pg_advisory_xact_lock({Gate});
            create index if not exists counted_events on counted (events);
        end $$;
        """;

    [Theory]
    [InlineData("counting")] // as a crash does
    [InlineData("nothing")] // seen by the next commit alone
    public async Task A_projection_does_not_go_on_from_its_memory(string ended)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new CountingProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");

        await UndoAsync(pipeline, "views", ended);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));

        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events, applied from views.counted, views.checkpoints")).ShouldBe(["(4,4)"]);
    }

    [Fact]
    public async Task A_projection_that_nothing_more_comes_for_applies_them_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new CountingProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");

        await UndoAsync(pipeline, "views", "(counting|leases)");

        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events, applied from views.counted, views.checkpoints")).ShouldBe(["(2,2)"]);
    }

    [Theory]
    [InlineData("build of counting")]
    [InlineData("nothing")]
    public async Task A_build_does_not_go_on_from_its_memory(string ended)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new CountingProjection(indexes: Indexes));
        await pipeline.CaughtUpAsync("counting");
        var gate = await pipeline.HoldAsync($"select pg_advisory_lock({Gate})");
        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await Eventually.Becomes(async () => (await pipeline.Rebuilds.ReadAsync(requests, CancellationToken.None)).Single().State == "indexing");

        await UndoAsync(pipeline, "build_counting", ended);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        await gate.DisposeAsync();

        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("swapped");
        (await pipeline.RowsAsync("select events, applied from views.counted, views.checkpoints")).ShouldBe(["(4,4)"]);
    }

    private static async Task UndoAsync(Pipeline pipeline, string schema, string ended)
    {
        await pipeline.ScalarAsync<int>($"""
            with undone as (update {schema}.checkpoints set commit_position = -1, prepare_position = -1, applied = 0 where projection = 'counting')
            delete from {schema}.counted
            """);
        await pipeline.ScalarAsync<long>($"""
            select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name ~ '^eventengine {ended} '
            """);
    }
}
