using System.Collections.Concurrent;
using System.Net;
using Dapper;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Ingestion;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventEngine.Web.Tests.Durability;

public sealed class KillTests : IDisposable
{
    private const int Kills = 10, Clients = 8, EntriesPerBatch = 20;
    private readonly string _data = Directory.CreateTempSubdirectory("eventengine-kill-").FullName;
    private readonly ConcurrentBag<long> _acknowledged = [];
    private long _nextId;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Everything_answered_with_202_survives_ten_kills_of_the_whole_process_tree_exactly_once()
    {
        var random = new Random(20261121);
        await using var product = new ProductProcess(_data);
        await product.StartAsync();
        await product.CaughtUpSummaryAsync();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var load = new CancellationTokenSource();
            var target = _acknowledged.Count + random.Next(200, 4_000);
            var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => LoadAsync(product, load.Token))).ToArray();
            await Eventually.Becomes(() => _acknowledged.Count >= target, TimeSpan.FromSeconds(60));
            await product.KillAsync();
            await load.CancelAsync();
            await Task.WhenAll(clients);
            await product.StartAsync();
        }

        var summary = await product.CaughtUpSummaryAsync();
        summary["ledger"]!["unexplained"]!.GetValue<long>().ShouldBe(0);
        await product.DisposeAsync();
        await AssertExactlyOnceAsync();
    }

    private async Task LoadAsync(ProductProcess product, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var first = Interlocked.Add(ref _nextId, EntriesPerBatch) - EntriesPerBatch;
            using var answer = await IngestLoad.PostAsync(product, first, EntriesPerBatch);
            if (answer?.StatusCode != HttpStatusCode.Accepted) return;
            for (var id = first; id < first + EntriesPerBatch; id++) _acknowledged.Add(id);
        }
    }

    private async Task AssertExactlyOnceAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["EventEngine:DataDirectory"] = _data }).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System);
        services.AddEventEngineOptions(configuration).AddPostgres().AddEventStore();
        await using var provider = services.BuildServiceProvider();
        await provider.StartPostgresAsync();

        var stored = new Dictionary<long, int>();
        await foreach (var recorded in provider.GetRequiredService<IEventStore>().ReadAllAsync(filter: new EventFilter(Types: ["EntryReported.v1"])))
        {
            var id = long.Parse(((EntryReported)FactJson.Deserialize(recorded.Type, recorded.Data.Span)).EventId);
            stored[id] = stored.GetValueOrDefault(id) + 1;
        }

        await using var db = await provider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var rows = (await db.QueryAsync<string>("select event_id from views.event_entries")).Select(long.Parse).ToList();

        _acknowledged.Count.ShouldBeGreaterThan(Kills * 200);
        _acknowledged.Where(id => stored.GetValueOrDefault(id) != 1).ShouldBeEmpty();
        rows.Count.ShouldBe(stored.Count);
        rows.Order().ShouldBe(stored.Keys.Order());
    }
}
