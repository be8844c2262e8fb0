using EventEngine.Infrastructure.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <param name="Folder">Where the server keeps its data; made when missing.</param>
/// <param name="BinariesDirectory">Empty: look for node_modules.</param>
/// <param name="Durable">False gives up every promise about crashes, for tests that throw the data away.</param>
public sealed record EmbeddedPostgresSettings(string Folder, string? BinariesDirectory = null, bool Durable = true)
{
    /// <summary>How long a server may be silent before the start is given up; crash recovery is not silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// A real Postgres server as a child process. Processes that use the same folder share one server, which stops when the last of them
/// is gone, by whatever death.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly ServerHold _hold;

    private EmbeddedPostgres(ServerHold hold, string connectionString) => (_hold, ConnectionString) = (hold, connectionString);

    /// <summary>Of the superuser, to the maintenance database; private to this machine's user.</summary>
    public string ConnectionString { get; }

    /// <summary>Returns when the server answers: at once if another process runs it already, after crash recovery if it must.</summary>
    /// <exception cref="EmbeddedPostgresException">It can't be started; the message says why, and what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresSettings settings, ILogger? logger = null, CancellationToken ct = default)
    {
        if (OperatingSystem.IsWindows())
            throw new EmbeddedPostgresException("Embedded Postgres runs on Linux and macOS. Set EventEngine__Postgres__ConnectionString.");
        var binaries = PostgresBinaries.Find(settings.BinariesDirectory);
        var account = ServerAccount.Choose();
        var path = RepositoryFolder.Resolve(settings.Folder);
        var (folder, hold) = await HoldAsync(path, settings, binaries, account, logger ?? NullLogger.Instance, ct);
        try
        {
            var connectionString = await ConnectionStringAsync(folder, ct);
            await PostgresDatabase.WaitUntilItAnswersAsync(connectionString, settings.Patience, folder.StartupTail, ct);
            return new EmbeddedPostgres(hold, connectionString);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await _hold.ReleaseAsync();

    private static async Task<(ServerFolder, ServerHold)> HoldAsync(
        string path, EmbeddedPostgresSettings settings, PostgresBinaries binaries, ServerAccount account, ILogger logger, CancellationToken ct)
    {
        await using var turn = await StartTurn.TakeAsync(path, ct);
        var places = new ServerPlaces(account, logger);
        var folder = await places.PrepareDataAsync(path, ct);
        var start = new ServerStart(folder, account, await places.PrepareBinariesAsync(binaries, ct), settings.Durable);
        return (folder, await start.HoldAsync(ct));
    }

    private static async Task<string> ConnectionStringAsync(ServerFolder folder, CancellationToken ct) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Sockets,
        Username = ServerStart.Superuser,
        Password = await folder.ReadPasswordAsync(ct),
        Database = "postgres",
    }.ConnectionString;
}
