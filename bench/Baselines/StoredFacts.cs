using System.Diagnostics;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Entries;
using EventEngine.Projections.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventEngine.Bench.Baselines;

/// <summary>What a rebuild can't do without: reading the store from its first event, and folding in memory what is there; nothing is written.</summary>
public sealed class StoredFacts : IAsyncDisposable
{
    private const int BatchSize = 20_000; // as the projection's own
    private readonly EmbeddedPostgres _server;
    private readonly EmbeddedEventStore _store;

    private StoredFacts(EmbeddedPostgres server, NpgsqlDataSource db)
    {
        (_server, Db) = (server, db);
        _store = new EmbeddedEventStore(db, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
    }

    public NpgsqlDataSource Db { get; }

    public static async Task<StoredFacts> OpenAsync(string dataDirectory)
    {
        var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(Path.Combine(dataDirectory, "postgres")));
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "eventengine", CommandTimeout = 3600 };
        return new StoredFacts(server, NpgsqlDataSource.Create(settings));
    }

    /// <returns>Events a second.</returns>
    public async Task<double> ReadAsync()
    {
        var (start, events) = (Stopwatch.GetTimestamp(), 0L);
        await foreach (var _ in _store.ReadAllAsync()) events++;
        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <returns>Events a second.</returns>
    public async Task<double> ReadAndFoldAsync()
    {
        var (start, events) = (Stopwatch.GetTimestamp(), 0L);
        var batch = new List<StoredFact>();
        await foreach (var chunk in new FactSource(_store, TimeProvider.System).ReadAsync(null, new EntriesProjection().Wanted, CancellationToken.None))
        {
            events += chunk.Facts.Count;
            batch.AddRange(chunk.Facts);
            if (batch.Count >= BatchSize || chunk.CaughtUp)
            {
                EntryBatch.From(batch, []).Fold([]);
                batch.Clear();
            }

            if (chunk.CaughtUp) break;
        }

        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await Db.DisposeAsync();
        await _server.DisposeAsync();
    }
}
