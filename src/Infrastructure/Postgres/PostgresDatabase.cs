using System.Net.Sockets;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>Finds or makes our database on a server that may still be starting.</summary>
internal static class PostgresDatabase
{
    private const string DefaultName = "eventengine";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="server">A connection string; its database, if it names one, is used.</param>
    /// <returns>The same, complete: what every connection of the product has in common is set.</returns>
    public static async Task<string> CreateIfMissingAsync(string server, string? database, CancellationToken ct)
    {
        var settings = Complete(server);
        settings.Database = database ?? settings.Database ?? DefaultName;
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "postgres", Pooling = false };
        try
        {
            await WaitUntilItAnswersAsync(settings.ConnectionString, Patience, () => "", ct);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(maintenance.ConnectionString, settings.Database, ct);
        }
        return settings.ConnectionString;
    }

    /// <exception cref="EmbeddedPostgresException">Nobody answers for as long as patience lasts.</exception>
    /// <exception cref="PostgresException">The server answers, and refuses: the password, the database.</exception>
    public static async Task WaitUntilItAnswersAsync(
        string connectionString, TimeSpan patience, Func<string> explanation, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        for (var waited = TimeSpan.Zero; ; waited += Glance)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                waited = TimeSpan.Zero;
            }
            catch (NpgsqlException e) when (e is not PostgresException && e.InnerException is SocketException or IOException or TimeoutException)
            {
                if (waited > patience)
                    throw new EmbeddedPostgresException($"Postgres at {source.ConnectionString} does not answer.\n{explanation()}", e);
            }
            await Task.Delay(Glance, ct);
        }
    }

    private static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Timezone ??= "UTC"; // a query that cuts time into days means UTC days
        settings.ApplicationName ??= "eventengine";
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = 40; // web, worker and command line share a server's hundred connections
        return settings;
    }

    private static async Task CreateAsync(string maintenance, string database, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(maintenance);
        await using var create = source.CreateCommand($"create database \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process that starts at the same moment made it.
        }
    }
}
