using System.Diagnostics;
using System.Globalization;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.Postgres;

public sealed class EmbeddedPostgresDeathTests : ServerFixture
{
    [Fact]
    public async Task The_server_stops_when_the_process_that_uses_it_is_killed()
    {
        var holder = await HolderProcess.StartAsync(Folder);

        await holder.KillAsync();

        await Eventually.Becomes(() => !File.Exists(PidFile) && Pids().Count == 0);
    }

    [Fact]
    public async Task When_everything_is_killed_at_once_the_next_start_has_all_that_was_committed()
    {
        var holder = await HolderProcess.StartAsync(Folder);
        var committed = await CommitUntilCutAsync(holder.ConnectionString, async () =>
        {
            Kill(Pids());
            await holder.KillAsync();
        });

        await using var again = await StartAsync();

        (await QueryAsync<long>(again.ConnectionString, "select count(*) from kept")).ShouldBeInRange(committed, committed + 1);
    }

    [Fact]
    public async Task A_server_that_lost_its_supervisor_and_user_blocks_nobody()
    {
        var holder = await HolderProcess.StartAsync(Folder);
        await QueryAsync<int>(holder.ConnectionString, "create table kept as select 42 as answer; select 1");
        var orphan = Postmaster();
        Kill(Supervisors());
        await holder.KillAsync();

        await using var again = await StartAsync();

        Postmaster().ShouldNotBe(orphan);
        (await QueryAsync<int>(again.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_killed_postmaster_is_started_again_under_its_users()
    {
        await using var server = await StartAsync();
        var killed = Postmaster();

        Kill([killed]);

        await Eventually.Holds(async () => (await QueryAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1));
        Postmaster().ShouldNotBe(killed);
    }

    [Fact]
    public async Task A_stale_pid_that_now_belongs_to_another_process_does_not_block()
    {
        await using (await StartAsync())
        {
        }
        var owner = await RunAsync("stat", "-c", "%U", Folder);
        using var stranger = Process.Start(new ProcessStartInfo("sleep", "60") { UserName = Environment.IsPrivilegedProcess ? owner : null })!;
        await File.WriteAllTextAsync(PidFile, $"{stranger.Id}\n{Folder}/data\n1\n5432\n\n\n");

        await using (var server = await StartAsync())
            (await QueryAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);

        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task A_half_made_data_folder_is_made_anew()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data.new", "base"));

        await using var server = await StartAsync();

        (await QueryAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
    }

    /// <returns>How many rows were acknowledged.</returns>
    private static async Task<long> CommitUntilCutAsync(string connectionString, Func<Task> cut)
    {
        await QueryAsync<int>(connectionString, "create table kept (id bigint); select 1");
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var db = await source.OpenConnectionAsync();
        Task? cutting = null;
        for (var committed = 0L; ; committed++)
        {
            try
            {
                await using var insert = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"insert into kept values ({committed})"), db);
                await insert.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException) when (cutting is not null)
            {
                await cutting;
                return committed;
            }
            if (committed == 200)
                cutting = Task.Run(cut);
        }
    }
}
