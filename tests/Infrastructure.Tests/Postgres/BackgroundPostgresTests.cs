using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;

namespace EventEngine.Infrastructure.Tests.Postgres;

/// <summary>Sessions that give way to those that somebody waits for.</summary>
public sealed class BackgroundPostgresTests : IAsyncLifetime
{
    private const int Niceness = 19; // field of proc_pid_stat(5)

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestPostgres.CreateDatabaseAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_session_of_the_embedded_server_gives_way_and_is_never_handed_to_anybody_else()
    {
        await using var background = BackgroundPostgres.Create(_database.ConnectionString, isEmbedded: true);
        var session = await background.DataSource.OpenConnectionAsync();
        var process = session.ProcessID;
        NicenessOf(process).ShouldBe(10);
        await session.DisposeAsync();

        await Eventually.Becomes(() => !Directory.Exists($"/proc/{process}"));
        await using var another = await _database.DataSource.OpenConnectionAsync();
        NicenessOf(another.ProcessID).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task A_server_of_somebody_elses_is_left_alone()
    {
        await using var background = BackgroundPostgres.Create(_database.ConnectionString, isEmbedded: false);
        await using var session = await background.DataSource.OpenConnectionAsync();
        NicenessOf(session.ProcessID).ShouldBeLessThan(10);
    }

    private static int NicenessOf(int process) => int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[Niceness - 3]);
}
