using System.Security.Cryptography;
using System.Text;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Infrastructure.Shared;
using Npgsql;

namespace EventEngine.Testing;

/// <summary>
/// One embedded server for all test projects of this clone: whoever comes first starts it, and it stops after the last test process.
/// </summary>
public static class TestPostgres
{
    private static readonly Lazy<Task<TestServer>> Server = new(TestServer.StartAsync);

    /// <summary>A fresh, migrated database of the test's own; dropped when disposed.</summary>
    public static async Task<TestDatabase> CreateDatabaseAsync() => await (await Server.Value).CreateDatabaseAsync(migrated: true);

    /// <summary>A fresh database without anything in it.</summary>
    public static async Task<TestDatabase> CreateEmptyDatabaseAsync() => await (await Server.Value).CreateDatabaseAsync(migrated: false);

    internal static string Folder
    {
        get
        {
            var clone = RepositoryFolder.Path ?? AppContext.BaseDirectory;
            var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clone)))[..12];
            return Path.Combine(Path.GetTempPath(), $"eventengine-tests-{key}", "postgres");
        }
    }
}
