using EventEngine.Application.Pipeline;
using EventEngine.Application.Shared;
using EventEngine.Domain.Entries;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Projections.Apps;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Heartbeats;
using EventEngine.Projections.Organizations;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class RebuildingTests
{
    private const string Tamper = "update views.app_totals set events = events + 1";

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task What_is_rebuilt_equals_the_live_tables_and_takes_their_place_while_entries_arrive(int seed)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection(), new HeartbeatsProjection());
        var batches = Cut(Lives(seed, events: 1_500), new Random(seed));
        foreach (var batch in batches.Take(batches.Count / 2)) await pipeline.ReceiveAsync(Shop, batch);

        var requests = await pipeline.RequestAsync(new("entries", RebuildKind.Rebuild), new("heartbeats", RebuildKind.Rebuild));
        foreach (var batch in batches.Skip(batches.Count / 2)) await pipeline.ReceiveAsync(Shop, batch);
        var rows = await pipeline.FinishedAsync(requests);

        rows.Select(row => (row.State, row.Error)).ShouldBe([("swapped", null), ("swapped", null)]);
        rows.SelectMany(row => row.Report).ShouldAllBe(table => !table.Differs);
        rows[0].Report.Single(table => table.Table == "event_entries").LiveRows.ShouldBeGreaterThan(0);
        await pipeline.CaughtUpAsync("entries");
        await using var uninterrupted = await Pipeline.CreateAsync();
        foreach (var batch in batches) await uninterrupted.ReceiveAsync(Shop, batch);
        await uninterrupted.RunAsync(new EntriesProjection());
        (await pipeline.EntriesAsync()).ShouldBe(await uninterrupted.EntriesAsync());
        (await pipeline.SchemasAsync()).ShouldBe(["(previous_entries)", "(previous_heartbeats)"]);
    }

    [Fact]
    public async Task Queries_during_rebuilds_and_swaps_see_all_of_one_side()
    {
        new ServiceCollection().AddApplication(); // how rows become records
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection(), new AppsProjection(), new OrganizationsProjection());
        foreach (var batch in Cut(Lives(seed: 5, events: 1_000), new Random(5))) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.CaughtUpAsync("entries");
        await pipeline.CaughtUpAsync("apps");
        await pipeline.CaughtUpAsync("organizations");
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskAsync(pipeline, enough.Token))).ToArray();
        var feeding = Task.Run(() => KeepFeedingAsync(pipeline, enough.Token));

        for (var round = 0; round < 3; round++)
        {
            var rows = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild)));
            rows.Single().State.ShouldBe("swapped", rows.Single().Error);
        }

        await enough.CancelAsync();
        await feeding;
        (await Task.WhenAll(clients)).Sum().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Tables_that_differ_are_not_swapped_unless_that_is_accepted_and_can_be_swapped_back()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        await pipeline.ScalarAsync<int>(Tamper);

        var differing = (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild)))).Single();
        differing.State.ShouldBe("differs");
        var table = differing.Report.Single(report => report.Differs);
        table.Table.ShouldBe("app_totals");
        table.Rows.Single().Live!.Value.GetProperty("events").GetString().ShouldBe("2");
        table.Rows.Single().Rebuilt!.Value.GetProperty("events").GetString().ShouldBe("1");
        (await pipeline.ScalarAsync<long>("select events from views.app_totals")).ShouldBe(2);

        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild, AcceptDifferences: true)));
        (await pipeline.ScalarAsync<long>("select events from views.app_totals")).ShouldBe(1);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");

        var back = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rollback)));
        back.Single().State.ShouldBe("swapped", back.Single().Error);
        (await pipeline.ScalarAsync<long>("select events from views.app_totals")).ShouldBe(3);
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(2,2,0)"]);
    }

    [Fact]
    public async Task Verifying_tells_what_differs_and_leaves_nothing_behind()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        foreach (var batch in Cut(Lives(seed: 3, events: 300), new Random(3))) await pipeline.ReceiveAsync(Shop, batch);
        await pipeline.CaughtUpAsync("entries");

        var equal = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Verify)));
        await pipeline.ScalarAsync<int>("delete from views.event_entries where event_id = '7'");
        var differing = await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Verify)));

        equal.Single().State.ShouldBe("verified");
        differing.Single().State.ShouldBe("differs");
        var row = differing.Single().Report.Single(table => table.Differs).Rows.Single();
        row.Key.GetProperty("event_id").GetString().ShouldBe("7");
        row.Live.ShouldBeNull();
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_left_beside_is_swapped_in_by_the_next_rebuild_or_dropped()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");

        (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Rebuild, Keep: true)))).Single().State.ShouldBe("verified");
        (await pipeline.SchemasAsync()).ShouldBe(["(build_entries)"]);
        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("entries", RebuildKind.Discard)));

        (await pipeline.SchemasAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_in_the_middle_it_leaves_no_trace()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(0);
        await pipeline.StartAsync(new CountingProjection(turns: turns));
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("counting");
        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await Eventually.Becomes(async () => (await pipeline.SchemasAsync()).Count == 1);

        (await pipeline.Rebuilds.CancelAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();
        turns.Release(100);

        var row = (await pipeline.FinishedAsync(requests)).Single();
        (row.State, row.CancelledBy).ShouldBe(("cancelled", "somebody"));
        (await pipeline.SchemasAsync()).ShouldBeEmpty();
        (await pipeline.ScalarAsync<long>("select events from views.counted")).ShouldBe(2);
    }

    [Fact]
    public async Task Another_worker_goes_on_where_the_first_had_to_stop()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        using var turns = new SemaphoreSlim(1);
        for (var i = 0; i < 30; i++) await pipeline.ReceiveAsync(Shop, [.. Enumerable.Range(0, 900).Select(id => Entry($"{i}-{id}", EntryStatus.Emitted, 0))]);
        var first = await pipeline.StartAsync(new CountingProjection(turns: turns));
        await pipeline.CaughtUpAsync("counting");
        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<bool>("select to_regclass('build_counting.checkpoints') is not null")
            && await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints") > 0);
        var stopping = first.StopAsync(CancellationToken.None);
        turns.Release(1);
        await stopping;
        var before = await pipeline.ScalarAsync<long>("select applied from build_counting.checkpoints");

        turns.Release(1_000);
        await pipeline.StartAsync(new CountingProjection(turns: turns));

        before.ShouldBeInRange(1, 30 * 901);
        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("swapped");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe([$"({30 * 901})"]);
    }

    [Fact]
    public async Task Another_version_is_built_beside_while_the_old_tables_stand_and_swaps_in_by_itself()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new CountingProjection());
        using var turns = new SemaphoreSlim(0);

        var worker = await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Outdated);
        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(2)"]);
        (await pipeline.ScalarAsync<string>("select state from views.checkpoints")).ShouldBe("outdated");

        turns.Release(100);
        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Running);
        await pipeline.CaughtUpAsync("counting");
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(4)"]);
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select finished_at is not null from app.rebuilds"));
        (await pipeline.RowsAsync("select kind, state, requested_by from app.rebuilds")).ShouldBe(["(upgrade,swapped,\"version 2\")"]);
    }

    [Fact]
    public async Task A_cancelled_upgrade_is_taken_up_again_without_a_restart()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new CountingProjection());
        using var turns = new SemaphoreSlim(0);
        var worker = await pipeline.StartAsync(new CountingProjection(version: 2, turns));
        await Eventually.Becomes(async () => (await pipeline.SchemasAsync()).Count == 1);
        (await pipeline.Rebuilds.CancelAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();
        turns.Release(1);
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>("select exists (select 1 from app.rebuilds where state = 'cancelled')"));
        worker.Statuses.Single().State.ShouldBe(ProjectionState.Outdated);
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(2)"]);

        (await new ParkedEvents(pipeline.DataSource, pipeline.Rebuilds).RetryAsync("counting", "somebody", CancellationToken.None)).ShouldBeTrue();
        turns.Release(100);

        await Eventually.Becomes(() => worker.Statuses.Single().State == ProjectionState.Running);
        (await pipeline.RowsAsync("select events_v2 from views.counted")).ShouldBe(["(2)"]);
    }

    [Fact]
    public async Task Without_tables_to_go_back_to_a_rollback_says_so()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.StartAsync(new CountingProjection());

        var row = (await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rollback)))).Single();

        row.State.ShouldBe("failed");
        row.Error!.ShouldContain("no previous tables");
    }

    private static async Task<long> AskAsync(Pipeline pipeline, CancellationToken ct)
    {
        var readModels = new ReadModels(pipeline.DataSource, new Pipeline.NoHead(), Options.Create(new EventEngineOptions()), TimeProvider.System);
        var (asked, least) = (0L, 0L);
        while (!ct.IsCancellationRequested)
        {
            var answer = await readModels.ReadAsync("entries", async db =>
            {
                var ledger = await db.SingleAsync<long>("select sum(received - stored - duplicate - rejected - refused)::bigint from views.ledger_hours");
                var events = await db.SingleAsync<long>("select sum(events)::bigint from views.app_totals");
                var rows = await db.SingleAsync<long>("select count(*) from views.event_entries");
                return (ledger, events, rows);
            }, CancellationToken.None);
            answer.Value.ledger.ShouldBe(0);
            answer.Value.rows.ShouldBe(answer.Value.events);
            answer.Value.rows.ShouldBeGreaterThanOrEqualTo(least);
            (asked, least) = (asked + 1, answer.Value.rows);
        }

        return asked;
    }

    private static async Task KeepFeedingAsync(Pipeline pipeline, CancellationToken ct)
    {
        for (var id = 10_000; !ct.IsCancellationRequested; id++) await pipeline.ReceiveAsync(Shop, Entry($"{id}", EntryStatus.Emitted, 0));
    }
}
