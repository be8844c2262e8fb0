using EventEngine.Application.EventStore;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using Npgsql;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>An older worker in this process, and real ones of this version beside it.</summary>
public sealed class UpgradingProcessesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task While_one_builds_and_is_frozen_another_goes_on_and_the_older_one_follows_until_the_swap()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var batches = Lives(seed: 21, events: 8_000).Chunk(500).Select(batch => batch.ToList()).ToList();
        var older = await pipeline.StartAsync(new OlderEntries());
        foreach (var batch in batches.SkipLast(1)) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.CaughtUpAsync("entries");

        await using var first = WorkerProcess.Start(pipeline, "run");
        await Eventually.Becomes(() => IsBuildingAsync(pipeline, first), Patience);
        await first.FreezeAsync();
        await pipeline.ReceiveAsync(Shop, batches[^1]);
        await pipeline.CaughtUpAsync("entries");
        older.Statuses.Single().State.ShouldBe(ProjectionState.Running);
        await using var second = WorkerProcess.Start(pipeline, "run");

        await Eventually.Becomes(async () => await pipeline.ScalarAsync<bool>("select exists (select 1 from app.rebuilds where kind = 'upgrade' and state = 'swapped')"), Patience);
        (await pipeline.ScalarAsync<string>("select worker from app.rebuilds"))!.ShouldContain($" {second.Id} ");
        await first.WakeAsync();
        await Eventually.Becomes(() => older.Statuses.Single().State == ProjectionState.Standby);
        await pipeline.CaughtUpAsync("entries");
        await using var uninterrupted = await Pipeline.CreateAsync();
        foreach (var batch in batches) await uninterrupted.ReceiveAsync(Shop, batch);
        await uninterrupted.RunAsync(new EntriesProjection());
        (await pipeline.EntriesAsync()).ShouldBe(await uninterrupted.EntriesAsync());
        (await pipeline.RowsAsync("select count(*) from app.rebuilds")).ShouldBe(["(1)"]);
    }

    private static Task<bool> IsBuildingAsync(Pipeline pipeline, WorkerProcess worker) => pipeline.ScalarAsync<bool>($"""
        select exists (select 1 from app.builds where projection = 'entries' and leader like '% {worker.Id} %') and to_regclass('build_entries.checkpoints') is not null
        """);

    private sealed class OlderEntries : IProjection
    {
        private readonly EntriesProjection _entries = new();

        public string Name => _entries.Name;

        public int Version => 1;

        public EventFilter Wanted => _entries.Wanted;

        public ProjectionTables Tables => _entries.Tables;

        public Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct) => _entries.ApplyAsync(facts, db, ct);

        public void Forget() => _entries.Forget();
    }
}
