using System.Diagnostics;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;

namespace EventEngine.Infrastructure.Tests.Postgres;

public sealed class EmbeddedPostgresTests : ServerFixture
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task A_new_folder_becomes_a_durable_server_that_only_this_machine_reaches()
    {
        await using var server = await StartAsync();

        foreach (var (setting, value) in new[]
        {
            ("server_encoding", "UTF8"), ("password_encryption", "scram-sha-256"), ("listen_addresses", ""), ("data_checksums", "on"),
            ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("jit", "off"), ("TimeZone", "UTC"),
        })
            (await QueryAsync<string>(server.ConnectionString, $"show {setting}")).ShouldBe(value, setting);
        (await QueryAsync<string>(server.ConnectionString, "select datlocale from pg_database where datname = 'postgres'")).ShouldBe("C.UTF-8");
    }

    [Fact]
    public async Task Its_folder_password_and_socket_are_private()
    {
        await using var server = await StartAsync();

        File.GetUnixFileMode(Folder).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(Folder, "password")).ShouldBe(OwnerReadsAndWrites);
        var sockets = await QueryAsync<string>(server.ConnectionString, "show unix_socket_directories");
        File.GetUnixFileMode(sockets).ShouldBe(OwnerReadsAndWrites | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Users_of_one_folder_share_one_server_until_the_last_is_gone()
    {
        var first = await StartAsync();
        await using var second = await HolderProcess.StartAsync(Folder);
        var postmaster = Postmaster();

        await first.DisposeAsync();
        (await QueryAsync<int>(second.ConnectionString, "select 1")).ShouldBe(1);
        Postmaster().ShouldBe(postmaster);

        await second.EndAsync();
        File.Exists(PidFile).ShouldBeFalse("the last user returns only when the server is down");
    }

    [Fact]
    public async Task Data_outlives_the_server()
    {
        await using (var server = await StartAsync())
            await QueryAsync<int>(server.ConnectionString, "create table kept as select 42 as answer; select 1");

        await using var again = await StartAsync();

        (await QueryAsync<int>(again.ConnectionString, "select answer from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Whoever_starts_while_others_come_and_go_gets_a_server_that_answers()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var round = 0; round < 6; round++)
            {
                await using var server = await StartAsync();
                (await QueryAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
            }
        }));
    }

    [Fact]
    public async Task A_child_that_outlives_us_does_not_keep_the_server()
    {
        var server = await StartAsync();
        using var child = Process.Start("sleep", "60");

        await server.DisposeAsync();

        child.HasExited.ShouldBeFalse();
        File.Exists(PidFile).ShouldBeFalse();
        child.Kill();
    }

    [Fact]
    public async Task Missing_binaries_are_explained_with_the_command_that_installs_them()
    {
        Directory.CreateDirectory(Folder);
        var settings = new EmbeddedPostgresSettings(Folder, BinariesDirectory: Folder);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(EmbeddedPostgres.StartAsync(settings));

        refusal.Message.ShouldContain("npm ci");
    }

    [Fact]
    public async Task A_server_that_refuses_to_start_is_quoted()
    {
        await using (await StartAsync())
        {
        }
        await File.WriteAllTextAsync(Path.Combine(Folder, "local.conf"), "shared_buffers = 'many'\n");
        if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(Path.Combine(Folder, "local.conf"), OwnerReadsAndWrites | UnixFileMode.OtherRead);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(
            EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(Folder) { Patience = TimeSpan.FromSeconds(2) }));

        refusal.Message.ShouldContain("shared_buffers");
    }
}
