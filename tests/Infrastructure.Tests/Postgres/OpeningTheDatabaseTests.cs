using EventEngine.Application.Shared;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.Postgres;

/// <summary>What a host does before it runs.</summary>
public sealed class OpeningTheDatabaseTests : IAsyncLifetime
{
    private const string Turn = "297800126036"; // "EVENT": for which processes that migrate wait

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestPostgres.CreateEmptyDatabaseAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_connection_that_is_cut_while_it_migrates_is_opened_again()
    {
        await using var services = Services();
        await using (var held = await _database.DataSource.OpenConnectionAsync())
        {
            await ExecuteAsync(held, $"select pg_advisory_lock({Turn})");
            var starting = services.StartPostgresAsync();
            await Eventually.Becomes(async () => await CutAsync(held) > 0);
            await Eventually.Becomes(async () => await CutAsync(held) > 0); // and once more
            await ExecuteAsync(held, $"select pg_advisory_unlock({Turn})");
            await starting;
        }

        await using var applied = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select count(*) from public.migrations");
        (await applied.ExecuteScalarAsync()).ShouldBe((long)Migrations.All.Count);
    }

    [Fact]
    public async Task A_database_that_cannot_be_brought_to_its_form_is_refused_in_a_line()
    {
        await using (var spoiled = _database.DataSource.CreateCommand("create schema views")) await spoiled.ExecuteNonQueryAsync(); // somebody else's
        await using var services = Services();

        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(services.StartPostgresAsync());

        refusal.Message.ShouldContain("already exists");
        refusal.Message.ShouldNotContain('\n');
        (await services.TryStartPostgresAsync()).ShouldBeFalse();
    }

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .Configure<EventEngineOptions>(options => options.Postgres.ConnectionString = _database.ConnectionString)
        .AddPostgres()
        .BuildServiceProvider();

    private static async Task<long> CutAsync(NpgsqlConnection db)
    {
        await using var cut = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_advisory_lock%'", db);
        return (long)(await cut.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection db, string sql)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync();
    }
}
