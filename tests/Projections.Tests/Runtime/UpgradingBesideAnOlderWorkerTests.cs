using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Runtime.Leading;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>A rolling upgrade: a worker of a newer version comes while an older one leads.</summary>
public sealed class UpgradingBesideAnOlderWorkerTests
{
    [Fact]
    public async Task It_builds_at_once_while_the_older_one_follows_and_then_takes_over()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(0);
        var older = await LeadingAsync(pipeline);
        var newer = await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await IsBeingBuiltAsync(pipeline);

        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
        (await pipeline.RowsAsync("select state, version, epoch from views.checkpoints")).ShouldBe(["(running,1,1)"]);
        turns.Release(1_000);
        await Eventually.Becomes(() => newer.Statuses.Single().State == ProjectionState.Running);

        await Eventually.Becomes(() => older.Statuses.Single().State == ProjectionState.Standby);
        await pipeline.ReceiveAsync(Shop, Entry("3", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(6)"]);
        (await pipeline.RowsAsync("select state, version, epoch from views.checkpoints")).ShouldBe(["(running,2,2)"]);
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select count(*) from app.builds where leader is not null") == 0);
        (await pipeline.RowsAsync("select kind, state, requested_by, version from app.rebuilds")).ShouldBe(["(upgrade,swapped,\"version 2\",2)"]);
    }

    [Fact]
    public async Task An_older_one_never_leads_newer_tables()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new CountingProjection(version: 2));
        await using var leases = new Leases(pipeline.DataSource, new Worker(), TimeProvider.System, NullLogger<Leases>.Instance);
        ProjectionPost Post(int version) => new(
            new CountingProjection(version), pipeline.DataSource, leases, new Lead(pipeline.DataSource, TimeProvider.System, NullLogger<Lead>.Instance), TimeProvider.System, NullLogger.Instance);

        (await Post(version: 1).TryLeadAsync(CancellationToken.None)).ShouldBeNull();
        (await pipeline.RowsAsync("select epoch, leader from views.checkpoints")).ShouldBe(["(1,)"]);
        (await Post(version: 2).TryLeadAsync(CancellationToken.None)).ShouldNotBeNull();
        (await pipeline.RowsAsync("select kind from app.rebuilds")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Exactly_one_of_several_builds_and_another_goes_on_when_it_stops()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(1);
        for (var i = 0; i < 30; i++) await pipeline.ReceiveAsync(Shop, [.. Enumerable.Range(0, 900).Select(id => Entry($"{i}-{id}", EntryStatus.Emitted, 0))]);
        await LeadingAsync(pipeline);
        var first = await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await IsBeingBuiltAsync(pipeline);
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints") > 0);
        await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        var stopping = first.StopAsync(CancellationToken.None);
        turns.Release(1);
        await stopping;
        var before = await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints");

        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select epoch from build_counting.checkpoints") == 2);
        (await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints")).ShouldBe(before);
        turns.Release(1_000);

        await IsSwappedAsync(pipeline);
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe([$"({(30 * 901) + 2})"]);
        (await pipeline.RowsAsync("select epoch from app.builds")).ShouldBe(["(2)"]);
    }

    [Fact]
    public async Task A_builder_that_another_has_superseded_commits_nothing_more()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(0);
        await LeadingAsync(pipeline);
        await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await IsBeingBuiltAsync(pipeline);
        await using var rival = await pipeline.DataSource.OpenConnectionAsync();
        await using (var introduce = new Npgsql.NpgsqlCommand("set application_name to 'eventengine leases frozen'", rival)) await introduce.ExecuteNonQueryAsync();
        await pipeline.ScalarAsync<int>("""
            update app.builds set epoch = epoch + 1, leader = 'elsewhere 1 frozen', renewed_at = now() + interval '1 hour';
            update build_counting.checkpoints set epoch = epoch + 1
            """);

        turns.Release(1_000);
        await Eventually.Becomes(() => turns.CurrentCount < 1_000); // it has tried
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and application_name like 'eventengine build of counting %'") == 0);
        (await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints")).ShouldBe(0);

        await pipeline.ScalarAsync<int>("update app.builds set renewed_at = now() - interval '4 seconds'");
        await IsSwappedAsync(pipeline);
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(2)"]);
    }

    [Fact]
    public async Task Cancelled_the_older_one_leads_on_until_it_is_asked_for_again()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(0);
        await LeadingAsync(pipeline);
        await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await IsBeingBuiltAsync(pipeline);

        (await pipeline.Rebuilds.CancelAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();
        turns.Release(1);
        await Eventually.Becomes(async () => (await pipeline.Rebuilds.NewestAsync(CancellationToken.None)).Single() is { IsUnmadeUpgrade: true });
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(4)"]);
        (await new ParkedEvents(pipeline.DataSource, pipeline.Rebuilds).RetryAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();
        turns.Release(1_000);

        await IsSwappedAsync(pipeline);
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(4)"]);
    }

    [Fact]
    public async Task An_upgrade_whose_program_is_gone_can_be_cancelled_and_the_older_one_ends_it()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(0);
        await LeadingAsync(pipeline);
        var newer = await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await IsBeingBuiltAsync(pipeline);
        var stopping = newer.StopAsync(CancellationToken.None);
        turns.Release(1);
        await stopping;

        (await pipeline.Rebuilds.CancelAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();

        await Eventually.Becomes(async () => (await pipeline.Rebuilds.NewestAsync(CancellationToken.None)).Single() is { State: "cancelled", CancelledBy: "somebody" });
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
        turns.Release(1_000);
        (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild)))).Single().State.ShouldBe("swapped");
    }

    /// <summary>One of the first version, that has seen everything.</summary>
    private static async Task<ProjectionEngine> LeadingAsync(Pipeline pipeline)
    {
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        var older = await pipeline.StartAsync(new CountingProjection());
        await pipeline.CaughtUpAsync("counting");
        return older;
    }

    private static Task IsBeingBuiltAsync(Pipeline pipeline) =>
        Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select to_regclass('build_counting.checkpoints') is not null"));

    private static Task IsSwappedAsync(Pipeline pipeline) => Eventually.Becomes(
        async () => (await pipeline.Rebuilds.NewestAsync(CancellationToken.None)).Single().State == "swapped", TimeSpan.FromSeconds(40));
}
