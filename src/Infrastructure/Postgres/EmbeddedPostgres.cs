using System.Security.Cryptography;
using EventEngine.Infrastructure.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <param name="Folder">Where the server keeps its data; made when missing.</param>
/// <param name="BinariesDirectory">Empty: look for node_modules.</param>
/// <param name="Durable">False gives up every promise about crashes, for tests that throw the data away.</param>
public sealed record EmbeddedPostgresSettings(string Folder, string? BinariesDirectory = null, bool Durable = true);

/// <summary>
/// A real Postgres server as a child process. Processes that use the same folder share one server, which stops when the last of them
/// is gone, by whatever death.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Superuser = "eventengine";

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
        var places = new ServerPlaces(account, logger ?? NullLogger.Instance);
        var folder = await places.PrepareDataAsync(RepositoryFolder.Resolve(settings.Folder), ct);
        var server = new ServerStart(folder, account, await places.PrepareBinariesAsync(binaries, ct), settings.Durable);
        var hold = await server.HoldAsync(ct);
        try
        {
            var connectionString = await ConnectionStringAsync(folder, ct);
            await PostgresDatabase.WaitUntilItAnswersAsync(connectionString, folder.StartupTail, ct);
            return new EmbeddedPostgres(hold, connectionString);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await _hold.ReleaseAsync();

    internal static string NewPassword() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    internal static IEnumerable<string> InitdbArguments(ServerFolder folder) =>
    [
        "--pgdata", folder.DataInTheMaking, "--username", Superuser, "--pwfile", folder.Password, "--auth=scram-sha-256",
        "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    ];

    private static async Task<string> ConnectionStringAsync(ServerFolder folder, CancellationToken ct) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Sockets,
        Username = Superuser,
        Password = await folder.ReadPasswordAsync(ct),
        Database = "postgres",
    }.ConnectionString;
}
