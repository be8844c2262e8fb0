using EventEngine.Application.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>The database that the settings ask for: embedded, or somebody else's by its connection string.</summary>
internal sealed class PostgresServer(IOptions<EventEngineOptions> options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private EmbeddedPostgres? _embedded;
    private NpgsqlDataSource? _dataSource;
    private BackgroundPostgres? _background;

    public NpgsqlDataSource DataSource => _dataSource ?? throw NotStarted();

    public BackgroundPostgres Background => _background ?? throw NotStarted();

    /// <summary>How long faults that pass by themselves are waited out.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="DatabaseUnavailableException">It can't be reached, or can't be brought to its form.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (_dataSource is not null)
            return;
        try
        {
            var server = await FindAsync(options.Value, ct);
            await InsistAsync(() => OpenAsync(server, ct), ct);
        }
        catch (Exception e) when (e is EmbeddedPostgresException or MigrationException || Transient.Is(e) || e is NpgsqlException)
        {
            throw new DatabaseUnavailableException(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_background is not null)
            await _background.DisposeAsync();
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    /// <returns>A connection string, and the database to use on that server; null: the one that it names.</returns>
    private async Task<(string Server, string? Database)> FindAsync(EventEngineOptions settings, CancellationToken ct)
    {
        if (settings.Postgres.ConnectionString is { } external && !string.IsNullOrWhiteSpace(external))
            return (external, null);
        _embedded = await EmbeddedPostgres.StartAsync(EmbeddedSettings(settings), loggers.CreateLogger<EmbeddedPostgres>(), ct);
        return (_embedded.ConnectionString, "eventengine");
    }

    private async Task OpenAsync((string Server, string? Database) where, CancellationToken ct)
    {
        var connectionString = await PostgresDatabase.CreateIfMissingAsync(where.Server, where.Database, ct);
        var dataSource = NpgsqlDataSource.Create(connectionString);
        try
        {
            await Migrations.ApplyAsync(dataSource, ct);
            (_dataSource, _background) = (dataSource, BackgroundPostgres.Create(connectionString, isEmbedded: _embedded is not null));
        }
        catch
        {
            await dataSource.DisposeAsync();
            throw;
        }
    }

    // A connection that is cut, a server that restarts: whoever starts the host should not have to start it again for that.
    private async Task InsistAsync(Func<Task> open, CancellationToken ct)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            try
            {
                await open();
                return;
            }
            catch (Exception e) when (Transient.Is(e) && time.GetElapsedTime(began) < Patience)
            {
                loggers.CreateLogger<PostgresServer>().LogWarning("The database can't be opened now, trying again: {Reason}", e.Message);
                await Task.Delay(Pause, time, ct);
            }
        }
    }

    private static InvalidOperationException NotStarted() => new("Postgres is not started: call StartPostgresAsync before the host runs.");

    private static EmbeddedPostgresSettings EmbeddedSettings(EventEngineOptions settings) =>
        new(Path.Combine(settings.DataDirectory, "postgres"), settings.Postgres.BinariesDirectory);
}
