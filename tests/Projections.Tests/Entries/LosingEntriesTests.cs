using EventEngine.Application.EventStore;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Tests.Shared;
using Npgsql;
using static EventEngine.Projections.Tests.Shared.Feed;

namespace EventEngine.Projections.Tests.Entries;

/// <summary>The ledger can fail: an entry that is lost or doubled between its receipt and its row shows as unexplained.</summary>
public sealed class LosingEntriesTests
{
    [Fact]
    public async Task A_lost_entry_is_unexplained() => (await UnexplainedAsync(entries => entries.Skip(1))).ShouldBe(1);

    [Fact]
    public async Task A_doubled_entry_is_unexplained() => (await UnexplainedAsync(entries => entries.Prepend(entries.First()))).ShouldBe(-1);

    [Fact]
    public async Task Otherwise_everything_is_explained() => (await UnexplainedAsync(entries => entries)).ShouldBe(0);

    private static async Task<decimal> UnexplainedAsync(Func<IEnumerable<StoredFact>, IEnumerable<StoredFact>> tamper)
    {
        await using var pipeline = await Pipeline.CreateAsync();
        await pipeline.ReceiveAsync(Shop, Entry("1", EntryStatus.Emitted, 0), Entry("1", EntryStatus.Published, 1), Entry("2", EntryStatus.Emitted, 0));
        await pipeline.RunAsync(new Tampering(new EntriesProjection(), tamper));
        return await pipeline.ScalarAsync<decimal>("select sum(received - stored - duplicate - rejected - refused) from views.ledger_hours");
    }

    private sealed class Tampering(EntriesProjection inner, Func<IEnumerable<StoredFact>, IEnumerable<StoredFact>> tamper) : IProjection
    {
        public string Name => inner.Name;

        public int Version => inner.Version;

        public EventFilter Wanted => inner.Wanted;

        public ProjectionTables Tables => inner.Tables;

        public Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
        {
            var entries = facts.Where(fact => fact.Fact is EntryReported).ToArray();
            return inner.ApplyAsync([.. facts.Except(entries), .. tamper(entries)], db, ct);
        }

        public void Forget() => inner.Forget();
    }
}
