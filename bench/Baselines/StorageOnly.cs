using System.Diagnostics;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Bench.Load;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Infrastructure.EventStore;
using EventEngine.Infrastructure.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventEngine.Bench.Baselines;

/// <summary>The storage by itself, on a database of its own: appends to the engine without HTTP, and the naive row and commit for every event.</summary>
public sealed class StorageOnly : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("eventengine-bench-").FullName;
    private ServiceProvider _services = null!;

    public IEventStore Store => _services.GetRequiredService<IEventStore>();

    private NpgsqlDataSource DataSource => _services.GetRequiredService<NpgsqlDataSource>();

    /// <param name="eventStoreDb">A connection string; null: the embedded engine, and a table of the naive way.</param>
    public static async Task<StorageOnly> StartAsync(string? eventStoreDb = null)
    {
        var storage = new StorageOnly();
        var settings = new Dictionary<string, string?> { ["EventEngine:DataDirectory"] = storage._data };
        if (eventStoreDb is not null)
            (settings["EventEngine:EventStore:Provider"], settings["EventEngine:EventStore:ConnectionString"]) = ("EventStoreDB", eventStoreDb);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System);
        services.AddEventEngineOptions(configuration).AddPostgres().AddEventStore();
        storage._services = services.BuildServiceProvider();
        if (eventStoreDb is not null) return storage;
        await storage._services.StartPostgresAsync();
        await using var db = await storage.DataSource.OpenConnectionAsync();
        await using var create = new NpgsqlCommand("create table public.naive (position bigserial primary key, id uuid unique, data jsonb)", db);
        await create.ExecuteNonQueryAsync();
        return storage;
    }

    /// <summary>Appends the same 50-event batches as the HTTP load, <paramref name="waiting"/> at a time.</summary>
    /// <param name="latencies">Takes the milliseconds of each append, in no order.</param>
    /// <returns>Events a second.</returns>
    public async Task<double> AppendAsync(int waiting, TimeSpan duration, List<double>? latencies = null)
    {
        var appended = 0L;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, waiting).Select(_ => Task.Run(async () =>
        {
            var stream = StreamName.Entries(new AppId(Guid.NewGuid()), new DateOnly(2026, 1, 1));
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await Store.AppendAsync(stream, ExpectedRevision.Any, Batch());
                Interlocked.Add(ref appended, Corpus.EntriesPerBatch);
                if (latencies is null) continue;
                lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        })));
        return appended / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>One INSERT and commit for every event, each connection by itself.</summary>
    /// <returns>Events a second.</returns>
    public async Task<double> InsertPerEventAsync(int connections, TimeSpan duration)
    {
        var inserted = 0L;
        var json = System.Text.Encoding.UTF8.GetString(Entry);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var db = await DataSource.OpenConnectionAsync();
            await using var insert = new NpgsqlCommand("insert into public.naive (id, data) values ($1, $2::jsonb)", db)
            {
                Parameters = { new NpgsqlParameter<Guid>(), new NpgsqlParameter<string> { TypedValue = json } },
            };
            await insert.PrepareAsync();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                ((NpgsqlParameter<Guid>)insert.Parameters[0]).TypedValue = Guid.NewGuid();
                await insert.ExecuteNonQueryAsync();
                Interlocked.Increment(ref inserted);
            }
        })));
        return inserted / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static readonly byte[] Entry = FactJson.Serialize(new EntryReported(
        DateTimeOffset.UtcNow, "100000000000001", "payment.captured", Domain.Entries.EntryStatus.Published, DateTimeOffset.UtcNow, "domain", 2,
        Guid.NewGuid().ToString(), Attempts: 1, LatencyMs: 48, OccurredAt: DateTimeOffset.UtcNow, PublishedAt: DateTimeOffset.UtcNow));

    private static readonly byte[] Metadata = "{\"correlation_id\":\"0123456789abcdef0123456789abcdef\",\"reporter_version\":\"0.1.0\"}"u8.ToArray();

    private static NewEvent[] Batch()
    {
        var events = new NewEvent[Corpus.EntriesPerBatch];
        for (var i = 0; i < events.Length; i++) events[i] = new NewEvent(Guid.CreateVersion7(), "EntryReported.v1", Entry, Metadata);
        return events;
    }
}
