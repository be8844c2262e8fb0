using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventEngine.Infrastructure.Postgres;
using Npgsql;

namespace EventEngine.Testing;

internal sealed class TestServer
{
    private const long Turn = 0x54_45_53_54; // advisory lock: one test process prepares the template, the others wait

    private readonly EmbeddedPostgres _postgres; // held until the process ends
    private readonly NpgsqlDataSource _maintenance;
    private readonly string _template;

    private TestServer(EmbeddedPostgres postgres)
    {
        _postgres = postgres;
        _maintenance = NpgsqlDataSource.Create(postgres.ConnectionString);
        var digests = string.Concat(Migrations.All.Select(migration => migration.Name + migration.Digest));
        _template = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(digests)))[..12];
    }

    public static async Task<TestServer> StartAsync()
    {
        var server = new TestServer(await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(TestPostgres.Folder, Durable: false)));
        await server.PrepareAsync();
        return server;
    }

    public async Task<TestDatabase> CreateDatabaseAsync(bool migrated)
    {
        var hour = DateTime.UtcNow.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var name = $"test_{hour}_{Guid.NewGuid():N}";
        await ExecuteAsync($"create database {name}" + (migrated ? $" template {_template}" : ""));
        var connection = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name, MaxPoolSize = 40, Timezone = "UTC" };
        return new TestDatabase(connection.ConnectionString, ExecuteAsync);
    }

    /// <summary>Drops what killed test runs left behind, then makes the template if the migrations are new.</summary>
    private async Task PrepareAsync()
    {
        // Its own connection: one that goes back to a pool keeps its locks until it is used again.
        await using var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Pooling = false }.ConnectionString);
        await turn.OpenAsync();
        await using var take = new NpgsqlCommand($"select pg_advisory_lock({Turn})", turn) { CommandTimeout = 300 };
        await take.ExecuteNonQueryAsync();
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        foreach (var old in await NamesAsync($"datname like 'test\\_%' and datname < 'test_{yesterday}'"))
            await ExecuteAsync($"drop database if exists {old} with (force)");
        if ((await NamesAsync($"datname = '{_template}'")).Count == 0)
            await CreateTemplateAsync();
    }

    private async Task CreateTemplateAsync()
    {
        var unfinished = $"{_template}_unfinished";
        await ExecuteAsync($"drop database if exists {unfinished} with (force)");
        await ExecuteAsync($"create database {unfinished}");
        var connection = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = unfinished, Pooling = false };
        await using (var source = NpgsqlDataSource.Create(connection))
            await Migrations.ApplyAsync(source, CancellationToken.None);
        await ExecuteAsync($"alter database {unfinished} rename to {_template}");
    }

    private async Task<List<string>> NamesAsync(string condition)
    {
        await using var query = _maintenance.CreateCommand($"select datname from pg_database where {condition}");
        await using var rows = await query.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync())
            names.Add(rows.GetString(0));
        return names;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _maintenance.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
