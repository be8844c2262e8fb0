using EventEngine.Domain.Entries;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

public sealed class LeadingAProjectionTests
{
    [Fact]
    public async Task A_worker_that_another_has_superseded_commits_nothing_more()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        var first = await pipeline.StartAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.CaughtUpAsync("entries");
        await pipeline.StartAsync(new EntriesProjection());
        await Eventually.Becomes(async () => await pipeline.ScalarAsync<long>("select epoch from views.checkpoints") == 2);

        await pipeline.ReceiveAsync(Shop, Entry("2", EntryStatus.Emitted, 0));

        await Eventually.Becomes(() => first.Statuses.Single().State == ProjectionState.Superseded);
        await pipeline.CaughtUpAsync("entries");
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(2,2,0)"]);
    }

    [Fact]
    public async Task A_changed_version_is_built_anew_from_the_start()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new EntriesProjection());
        var before = await pipeline.EntriesAsync();
        await pipeline.ScalarAsync<int>("update views.checkpoints set version = 0; insert into views.app_totals values (gen_random_uuid(), 1, 1, 1, 1, 1, 1)");

        await pipeline.StartAsync(new EntriesProjection());

        await Eventually.Holds(async () => (await pipeline.EntriesAsync()).ShouldBe(before));
    }

    [Fact]
    public async Task An_unchanged_version_goes_on_where_it_was()
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new EntriesProjection());
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Published, 0));
        await pipeline.RunAsync(new EntriesProjection());

        (await pipeline.RowsAsync("select applied, state from views.checkpoints")).ShouldBe(["(4,running)"]);
        (await pipeline.RowsAsync("select received, stored, duplicate from views.ledger_hours")).ShouldBe(["(2,2,0)"]);
    }
}
