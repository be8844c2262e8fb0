using EventEngine.Application.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>The database that the settings ask for: embedded, or somebody else's by its connection string.</summary>
internal sealed class PostgresServer(IOptions<EventEngineOptions> options, ILoggerFactory loggers) : IAsyncDisposable
{
    private EmbeddedPostgres? _embedded;
    private NpgsqlDataSource? _dataSource;

    public NpgsqlDataSource DataSource => _dataSource
        ?? throw new InvalidOperationException("Postgres is not started: call StartPostgresAsync before the host runs.");

    public async Task StartAsync(CancellationToken ct)
    {
        if (_dataSource is not null)
            return;
        var settings = options.Value;
        var external = settings.Postgres.ConnectionString;
        if (string.IsNullOrWhiteSpace(external))
            _embedded = await EmbeddedPostgres.StartAsync(EmbeddedSettings(settings), loggers.CreateLogger<EmbeddedPostgres>(), ct);
        var database = _embedded is null
            ? await PostgresDatabase.CreateIfMissingAsync(external!, null, ct)
            : await PostgresDatabase.CreateIfMissingAsync(_embedded.ConnectionString, "eventengine", ct);
        _dataSource = NpgsqlDataSource.Create(database);
        await Migrations.ApplyAsync(_dataSource, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    private static EmbeddedPostgresSettings EmbeddedSettings(EventEngineOptions settings) =>
        new(Path.Combine(settings.DataDirectory, "postgres"), settings.Postgres.BinariesDirectory);
}
