using EventEngine.Application.Pipeline;
using EventEngine.Domain.Entries;
using EventEngine.Projections.Tests.Shared;
using EventEngine.Testing;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Runtime;

/// <summary>An autovacuum may hold a table for long, and goes on beside queries; a swap that waits for it must not hold these up.</summary>
public sealed class SwappingBesideAutovacuumTests
{
    private const string WaitsBeforeTheGate = """
        select exists (
            select 1 from pg_locks waiting where not waiting.granted and waiting.relation = to_regclass('{0}')
            and not exists (select 1 from pg_locks gate where gate.pid = waiting.pid and gate.relation = 'views.gate'::regclass))
        """;

    [Theory]
    [InlineData("views.counted")]
    [InlineData("build_counting.counted")]
    public async Task A_swap_waits_for_it_before_it_closes_the_gate(string table)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0));
        await pipeline.StartAsync(new CountingProjection());
        await pipeline.CaughtUpAsync("counting");
        await pipeline.FinishedAsync(await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild, Keep: true)));
        var vacuum = await pipeline.HoldAsync($"begin; lock table {table} in share update exclusive mode");

        var requests = await pipeline.RequestAsync(new RebuildRequest("counting", RebuildKind.Rebuild));
        await Eventually.Becomes(() => pipeline.ScalarAsync<bool>(WaitsBeforeTheGate.Replace("{0}", table, StringComparison.Ordinal)));
        await vacuum.DisposeAsync();

        (await pipeline.FinishedAsync(requests)).Single().State.ShouldBe("swapped");
        (await pipeline.RowsAsync("select events from views.counted")).ShouldBe(["(2)"]);
    }
}
