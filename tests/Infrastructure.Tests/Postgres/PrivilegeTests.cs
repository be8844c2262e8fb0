using EventEngine.Testing;

namespace EventEngine.Infrastructure.Tests.Postgres;

/// <summary>Root must hand the server to somebody else. Run by anybody else, the other tests show the plain way and these say little.</summary>
public sealed class PrivilegeTests : ServerFixture
{
    private static bool IsRoot => Environment.IsPrivilegedProcess;

    [Fact]
    public async Task The_server_never_runs_as_root()
    {
        await using var server = await StartAsync();

        (await RunAsync("ps", "-o", "user=", "-p", $"{Postmaster()}")).ShouldNotBe("root");
    }

    [Fact]
    public async Task Where_the_servers_user_can_not_enter_the_data_moves_and_comes_back_the_next_time()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using (var server = await StartAsync())
            await QueryAsync<int>(server.ConnectionString, "create table kept as select 42 as answer; select 1");

        await using (var again = await StartAsync())
            (await QueryAsync<int>(again.ConnectionString, "select answer from kept")).ShouldBe(42);

        var moved = new DirectoryInfo(Folder).LinkTarget;
        (moved is not null).ShouldBe(IsRoot);
        if (moved is not null)
            Directory.Delete(Path.GetDirectoryName(moved)!, recursive: true);
    }

    [Fact]
    public async Task Somebody_else_than_root_runs_it_as_himself()
    {
        var user = IsRoot ? "nobody" : Environment.UserName;
        if (IsRoot && !await CanReadThisCloneAsync(user))
            return; // a clone in a private home: then only root can be tested
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        await RunAsync("chown", user, Path.GetDirectoryName(Folder)!);

        await using var holder = await HolderProcess.StartAsync(Folder, IsRoot ? user : null);

        (await RunAsync("ps", "-o", "user=", "-p", $"{Postmaster()}")).ShouldBe(user);
    }

    private static async Task<bool> CanReadThisCloneAsync(string user) =>
        (await RunAsync("su", "-s", "/bin/sh", user, "-c", $"test -r '{typeof(PrivilegeTests).Assembly.Location}' && echo yes")).Trim() == "yes";
}
