using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.Postgres;

public sealed class MigrationsTests : IAsyncLifetime
{
    private static readonly Migration First = new("0001_first.sql", "create table first (id int);");
    private static readonly Migration Second = new("0002_second.sql", "create table second (id int); insert into second values (2);");

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestPostgres.CreateEmptyDatabaseAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Applied_twice_they_change_nothing_the_second_time()
    {
        await ApplyAsync(First, Second);
        await ApplyAsync(First, Second);

        (await CountAsync("select count(*) from second")).ShouldBe(1);
        (await CountAsync("select count(*) from public.migrations")).ShouldBe(2);
    }

    [Fact]
    public async Task They_are_applied_in_the_order_of_their_names()
    {
        await ApplyAsync(new Migration("0002_fill.sql", "insert into first values (1);"), First);

        (await CountAsync("select count(*) from first")).ShouldBe(1);
    }

    [Fact]
    public async Task A_new_file_is_applied_to_a_database_that_has_the_older_ones()
    {
        await ApplyAsync(First);
        await ApplyAsync(First, Second);

        (await CountAsync("select count(*) from second")).ShouldBe(1);
    }

    [Fact]
    public async Task Many_processes_at_once_apply_each_file_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ApplyAsync(First, Second)));

        (await CountAsync("select count(*) from second")).ShouldBe(1);
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_refused_by_name()
    {
        await ApplyAsync(First);

        var refusal = await Should.ThrowAsync<MigrationException>(ApplyAsync(First with { Sql = "create table other (id int);" }));

        refusal.Message.ShouldContain("0001_first.sql");
    }

    [Fact]
    public async Task Other_line_ends_are_no_change()
    {
        await ApplyAsync(new Migration("0001.sql", "create table t (\n  id int\n);"));
        await ApplyAsync(new Migration("0001.sql", "create table t (\r\n  id int\r\n);"));
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_behind_and_is_named()
    {
        var broken = new Migration("0002_broken.sql", "create table half (id int); create table first (id int);");

        var failure = await Should.ThrowAsync<MigrationException>(ApplyAsync(First, broken));

        failure.Message.ShouldContain("0002_broken.sql");
        (await CountAsync("select count(*) from pg_class where relname = 'half'")).ShouldBe(0);
        (await CountAsync("select count(*) from public.migrations")).ShouldBe(1);
    }

    [Fact]
    public async Task Those_of_the_product_bring_an_empty_database_to_its_form()
    {
        await Migrations.ApplyAsync(_database.DataSource, CancellationToken.None);

        (await CountAsync("select count(*) from views.checkpoints")).ShouldBe(0);
        (await CountAsync("select count(*) from public.migrations")).ShouldBe(Migrations.All.Count);
    }

    private Task ApplyAsync(params Migration[] migrations) => Migrations.ApplyAsync(_database.DataSource, migrations, CancellationToken.None);

    private async Task<long> CountAsync(string sql)
    {
        await using var query = _database.DataSource.CreateCommand(sql);
        return (long)(await query.ExecuteScalarAsync())!;
    }
}
