using Npgsql;
using Xunit;

namespace EventEngine.Testing;

/// <summary>For <c>IClassFixture</c>: one migrated database for all tests of a class.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    public NpgsqlDataSource DataSource => Database.DataSource;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("xunit initializes the fixture first.");

    public async Task InitializeAsync() => _database = await TestPostgres.CreateDatabaseAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
