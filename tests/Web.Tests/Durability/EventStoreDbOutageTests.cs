using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Ingestion;
using EventEngine.Infrastructure.EventStore.EventStoreDb;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;
using EventEngine.Testing;
using EventEngine.Testing.EventStoreDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventEngine.Web.Tests.Durability;

/// <summary>The whole product on EventStoreDB, by configuration alone, and what its clients notice when that server dies under load.</summary>
public sealed class EventStoreDbOutageTests : IDisposable
{
    private const int Kills = 3, Clients = 8, EntriesPerBatch = 20;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);
    private readonly string _data = Directory.CreateTempSubdirectory("eventengine-esdb-").FullName;
    private readonly ConcurrentBag<long> _acknowledged = [];
    private long _nextId;
    private int _turnedAway;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Clients_are_told_to_come_back_nothing_acknowledged_is_lost_and_all_goes_on_within_5_seconds()
    {
        await using var server = await TestEventStoreDb.StartAsync();
        await using var product = new ProductProcess(_data, server.ConnectionString);
        await product.StartAsync();
        await product.CaughtUpSummaryAsync();
        using var load = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => LoadAsync(product, load.Token))).ToArray();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var target = _acknowledged.Count + 1_000;
            await Eventually.Becomes(() => _acknowledged.Count >= target);
            await server.KillAsync();
            var (refused, known) = (_turnedAway, _acknowledged.Count);
            await Eventually.Becomes(() => _turnedAway > refused + Clients);
            await server.StartAgainAsync();

            var began = Stopwatch.GetTimestamp();
            await Eventually.Becomes(async () => _acknowledged.Count > known + 100 && await ReceivedAsync(product) > known);
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Recovery);
        }

        await load.CancelAsync();
        await Task.WhenAll(clients);
        await AssertAllIsThereAsync(server, product);
    }

    private static async Task<long> ReceivedAsync(ProductProcess product) => (await product.SummaryAsync())["ledger"]!["received"]!.GetValue<long>();

    private async Task LoadAsync(ProductProcess product, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var first = Interlocked.Add(ref _nextId, EntriesPerBatch) - EntriesPerBatch;
            using var answer = await IngestLoad.PostAsync(product, first, EntriesPerBatch);
            if (answer?.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                answer.Headers.RetryAfter.ShouldNotBeNull();
                Interlocked.Increment(ref _turnedAway);
                continue;
            }

            answer.ShouldNotBeNull().StatusCode.ShouldBe(HttpStatusCode.Accepted);
            for (var id = first; id < first + EntriesPerBatch; id++) _acknowledged.Add(id);
        }
    }

    /// <summary>What was turned away may be there too, once; what was acknowledged has to be.</summary>
    private async Task AssertAllIsThereAsync(TestEventStoreDb server, ProductProcess product)
    {
        await using var store = new EventStoreDbStore(
            ConnectionString.Parse(server.ConnectionString), TimeProvider.System, NullLogger<EventStoreDbStore>.Instance);
        var stored = new List<long>();
        await foreach (var recorded in store.ReadAllAsync(filter: new EventFilter(Types: ["EntryReported.v1"])))
            stored.Add(long.Parse(((EntryReported)FactJson.Deserialize(recorded.Type, recorded.Data.Span)).EventId));

        stored.ShouldBeUnique();
        _acknowledged.Except(stored).ShouldBeEmpty();
        await Eventually.Holds(async () =>
        {
            var ledger = (await product.SummaryAsync())["ledger"]!;
            (ledger["stored"]!.GetValue<long>(), ledger["unexplained"]!.GetValue<long>()).ShouldBe((stored.Count, 0));
        });
    }
}
