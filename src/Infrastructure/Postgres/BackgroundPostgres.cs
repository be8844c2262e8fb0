using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>
/// The database for work that nobody waits for: sessions of the embedded server give way to all others while the cores are busy. A server
/// of somebody else's treats them as any. They are never pooled, since a process can't take back the priority that it gave away.
/// </summary>
public sealed class BackgroundPostgres(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    public NpgsqlDataSource DataSource => dataSource;

    public ValueTask DisposeAsync() => dataSource.DisposeAsync();

    /// <param name="isEmbedded">The server is this machine's and the product's own.</param>
    public static BackgroundPostgres Create(string connectionString, bool isEmbedded)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { Pooling = false } };
        if (isEmbedded) builder.UsePhysicalConnectionInitializer(GiveWay, GiveWayAsync);
        return new BackgroundPostgres(builder.Build());
    }

    private static void GiveWay(NpgsqlConnection session) => Posix.GiveWay(session.ProcessID);

    private static Task GiveWayAsync(NpgsqlConnection session)
    {
        GiveWay(session);
        return Task.CompletedTask;
    }
}
