using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
using EventEngine.Infrastructure.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime;
using EventEngine.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventEngine.Projections.Tests.Shared;

/// <summary>A store and read models in a database of their own, and workers to start, kill and start again.</summary>
internal sealed class Pipeline : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly EmbeddedEventStore _store;
    private readonly List<ProjectionEngine> _workers = [];

    private Pipeline(TestDatabase database)
    {
        _database = database;
        _store = new EmbeddedEventStore(database.DataSource, TimeProvider.System, NullLogger<EmbeddedEventStore>.Instance);
    }

    public IEventStore Store => _store;

    public NpgsqlDataSource DataSource => _database.DataSource;

    /// <summary>For a worker in a process of its own.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <inheritdoc cref="TestDatabase.TakeAwayAsync"/>
    public Task<IAsyncDisposable> TakeDatabaseAwayAsync(int except) => _database.TakeAwayAsync(except);

    public static async Task<Pipeline> CreateAsync() => new(await TestPostgres.CreateDatabaseAsync());

    /// <summary>A batch as ingest writes it: led by its count, all at the same time of receipt.</summary>
    public Task ReceiveAsync(AppId app, params IReadOnlyCollection<EntryReported> entries)
    {
        var at = entries.First().At;
        return AppendAsync(StreamName.Entries(app, DateOnly.FromDateTime(at.UtcDateTime)), [new BatchReceived(at, entries.Count, "0.1.0"), .. entries]);
    }

    public Task AppendAsync(string stream, params IEnumerable<IFact> facts) =>
        _store.AppendAsync(stream, ExpectedRevision.Any, facts, new FactMetadata(ReporterVersion: "0.1.0"));

    public Task<ProjectionEngine> StartAsync(params IProjection[] projections) => StartOnAsync(_store, projections);

    private async Task<ProjectionEngine> StartOnAsync(IEventStore store, IProjection[] projections)
    {
        var source = new FactSource(store, TimeProvider.System);
        var worker = new ProjectionEngine(DataSource, new BackgroundPostgres(DataSource), projections, source, new NoHead(), TimeProvider.System, NullLoggerFactory.Instance);
        _workers.Add(worker);
        await worker.StartAsync(CancellationToken.None);
        return worker;
    }

    /// <summary>Runs the projections until they have seen everything, then stops.</summary>
    public Task RunAsync(params IProjection[] projections) => RunOnAsync(_store, projections);

    /// <summary>The same on another store than the pipeline's own.</summary>
    public async Task RunOnAsync(IEventStore store, params IProjection[] projections)
    {
        var worker = await StartOnAsync(store, projections);
        foreach (var projection in projections) await CaughtUpAsync(projection.Name, store);
        await worker.StopAsync(CancellationToken.None);
    }

    public Task CaughtUpAsync(string projection) => CaughtUpAsync(projection, _store);

    private async Task CaughtUpAsync(string projection, IEventStore store)
    {
        var head = await store.ReadHeadAsync();
        await Eventually.Becomes(async () => await ScalarAsync<long?>($"select commit_position from views.checkpoints where projection = '{projection}'") >= (head?.Commit ?? -1));
    }

    public Rebuilds Rebuilds => new(DataSource);

    public async Task<List<Guid>> RequestAsync(params RebuildRequest[] requests)
    {
        var ids = new List<Guid>();
        foreach (var request in requests) ids.Add((await Rebuilds.RequestAsync(request, "tests", CancellationToken.None)).Id);
        return ids;
    }

    public async Task<List<RebuildRow>> FinishedAsync(List<Guid> requests)
    {
        List<RebuildRow> rows = [];
        await Eventually.Becomes(async () => (rows = await Rebuilds.ReadAsync(requests, CancellationToken.None)).TrueForAll(row => row.IsFinished), TimeSpan.FromSeconds(40));
        return rows;
    }

    /// <summary>Those of builds.</summary>
    public Task<List<string>> SchemasAsync() =>
        RowsAsync("select nspname from pg_namespace where nspname ~ '^(build|scratch|previous|rollback|discarded)_' order by 1");

    /// <summary>What the statement takes is held until the connection is disposed.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string sql)
    {
        var db = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString); // a pool would keep it
        await db.OpenAsync();
        await using var hold = new NpgsqlCommand(sql, db);
        await hold.ExecuteNonQueryAsync();
        return db;
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var command = DataSource.CreateCommand($"select t::text from ({sql}) t");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>Everything in the tables of the entries projection, as text; equal texts are equal read models.</summary>
    public async Task<string> EntriesAsync(bool withLedger = true)
    {
        string[] tables = ["event_entries", "rollup_minutes", "rollup_hours", "app_totals", "rejected_entries", "daily_usage", "death_hours"];
        var rows = new List<string>();
        foreach (var table in withLedger ? [.. tables, "ledger_hours"] : tables)
            rows.AddRange((await RowsAsync($"select * from views.{table}")).Order(StringComparer.Ordinal).Prepend($"-- {table}"));
        return string.Join('\n', rows);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }

        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal sealed class NoHead : Application.Shared.IStoreHead
    {
        public StorePosition? Position => null;

        public TimeSpan LagBehind(StorePosition? checkpoint) => TimeSpan.Zero;
    }
}
