using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Infrastructure.EventStore.Embedded;
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

    public static async Task<Pipeline> CreateAsync() => new(await TestPostgres.CreateDatabaseAsync());

    /// <summary>A batch as ingest writes it: led by its count, all at the same time of receipt.</summary>
    public Task ReceiveAsync(AppId app, params IReadOnlyCollection<EntryReported> entries)
    {
        var at = entries.First().At;
        return AppendAsync(StreamName.Entries(app, DateOnly.FromDateTime(at.UtcDateTime)), [new BatchReceived(at, entries.Count, "0.1.0"), .. entries]);
    }

    public Task AppendAsync(string stream, params IEnumerable<IFact> facts) =>
        _store.AppendAsync(stream, ExpectedRevision.Any, facts, new FactMetadata(ReporterVersion: "0.1.0"));

    public async Task<ProjectionEngine> StartAsync(params IProjection[] projections)
    {
        var source = new FactSource(_store, TimeProvider.System);
        var worker = new ProjectionEngine(DataSource, projections, source, new NoHead(), TimeProvider.System, NullLoggerFactory.Instance);
        _workers.Add(worker);
        await worker.StartAsync(CancellationToken.None);
        return worker;
    }

    /// <summary>Runs the projections until they have seen everything, then stops.</summary>
    public async Task RunAsync(params IProjection[] projections)
    {
        var worker = await StartAsync(projections);
        foreach (var projection in projections) await CaughtUpAsync(projection.Name);
        await worker.StopAsync(CancellationToken.None);
    }

    public async Task CaughtUpAsync(string projection)
    {
        var head = await _store.ReadHeadAsync();
        await Eventually.Becomes(async () => await ScalarAsync<long?>($"select commit_position from views.checkpoints where projection = '{projection}'") >= (head?.Commit ?? -1));
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
        string[] tables = ["event_entries", "rollup_minutes", "rollup_hours", "app_totals", "rejected_entries"];
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

    private sealed class NoHead : Application.Shared.IStoreHead
    {
        public StorePosition? Position => null;

        public TimeSpan LagBehind(StorePosition? checkpoint) => TimeSpan.Zero;
    }
}
