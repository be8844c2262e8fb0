using Npgsql;

namespace EventEngine.Testing;

/// <summary>A database for one test, or for one class of tests as its fixture.</summary>
/// <param name="administer">Executes SQL on the same server, from outside of the database.</param>
public sealed class TestDatabase(string connectionString, Func<string, Task> administer) : IAsyncDisposable
{
    private readonly string _name = new NpgsqlConnectionStringBuilder(connectionString).Database!;

    /// <summary>For <c>EventEngine:Postgres:ConnectionString</c> of a host under test.</summary>
    public string ConnectionString => connectionString;

    public NpgsqlDataSource DataSource { get; } = NpgsqlDataSource.Create(connectionString);

    /// <summary>Whoever is connected is cut off, and nobody gets in, until it is disposed.</summary>
    /// <param name="except">The server's process of the one connection that stays.</param>
    public async Task<IAsyncDisposable> TakeAwayAsync(int except)
    {
        await administer($"alter database {_name} with allow_connections false");
        await administer($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}' and pid <> {except}");
        return new Away(() => administer($"alter database {_name} with allow_connections true"));
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await administer($"drop database if exists {_name} with (force)");
    }

    private sealed class Away(Func<Task> giveBack) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await giveBack();
    }
}
