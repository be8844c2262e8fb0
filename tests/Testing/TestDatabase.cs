using Npgsql;

namespace EventEngine.Testing;

/// <summary>A database for one test, or for one class of tests as its fixture.</summary>
public sealed class TestDatabase(string connectionString, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>For <c>EventEngine:Postgres:ConnectionString</c> of a host under test.</summary>
    public string ConnectionString => connectionString;

    public NpgsqlDataSource DataSource { get; } = NpgsqlDataSource.Create(connectionString);

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await drop();
    }
}
