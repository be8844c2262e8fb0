using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventEngine.Infrastructure.Tests.EventStore.Copying;

/// <summary>A store that has something, and an empty one.</summary>
internal sealed class TwoStores : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly TestDatabase[] _databases;
    private readonly EmbeddedEventStore[] _stores;

    private TwoStores(params TestDatabase[] databases)
    {
        _databases = databases;
        _stores = [.. databases.Select(database => new EmbeddedEventStore(database.DataSource, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance))];
    }

    public IEventStore Source => _stores[0];

    public IEventStore Target => _stores[1];

    public static async Task<TwoStores> CreateAsync() => new(await TestPostgres.CreateDatabaseAsync(), await TestPostgres.CreateDatabaseAsync());

    public static NewEvent Event(string type = "Happened.v1", string? data = null) =>
        new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data ?? """{"text":"Grüße"}"""), """{"correlation_id":"c"}"""u8.ToArray());

    public Task<CopyReport> CopyAsync(IEventStore? target = null, CancellationToken ct = default) =>
        new StoreCopy(Source, target ?? Target, TimeProvider.System).RunAsync(ct);

    /// <summary>Interleaved streams of several categories: some requests whole, some single events.</summary>
    public async Task FillAsync(int seed, int appends)
    {
        var random = new Random(seed);
        for (var append = 0; append < appends; append++)
        {
            var app = random.Next(4);
            if (random.Next(3) > 0) await ReceiveAsync($"entries-{app}", random.Next(1, 30));
            else await AppendAsync($"heartbeats-{app}", Event("HeartbeatReceived.v1"));
        }
    }

    public Task ReceiveAsync(string stream, int entries) => AppendAsync(stream, [
        Fact(new BatchReceived(Noon, entries, "0.1.0")),
        .. Enumerable.Range(0, entries).Select(i => Fact(new EntryReported(Noon, $"{i}", "order.placed", EntryStatus.Emitted, Noon)))]);

    public Task AppendAsync(string stream, params NewEvent[] events) => Source.AppendAsync(stream, ExpectedRevision.Any, events);

    /// <summary>All that can be told of a store's content: everything in order, and each stream with its limits.</summary>
    public static async Task<string> ContentAsync(IEventStore store)
    {
        var all = await store.ReadAllAsync().ToListAsync();
        var text = new StringBuilder();
        foreach (var recorded in all)
            text.AppendLine($"{recorded.Stream} {recorded.Revision} {recorded.Id} {recorded.Type} {Text(recorded.Data)} {Text(recorded.Metadata)}");
        foreach (var stream in all.Select(recorded => recorded.Stream).Distinct().Order(StringComparer.Ordinal))
            text.AppendLine($"{stream}: {await store.ReadMetadataAsync(stream)}");
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        foreach (var database in _databases) await database.DisposeAsync();
    }

    private static NewEvent Fact(EventEngine.Domain.Shared.IFact fact) =>
        new(Guid.CreateVersion7(), FactTypes.NameOf(fact.GetType()), FactJson.Serialize(fact), "{}"u8.ToArray());

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
