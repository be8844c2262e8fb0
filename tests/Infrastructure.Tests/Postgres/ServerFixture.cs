using System.Diagnostics;
using System.Globalization;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Testing;
using Npgsql;

namespace EventEngine.Infrastructure.Tests.Postgres;

/// <summary>A data folder of the test's own, and a view on the processes that serve it.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private readonly string _parent = Path.Combine("/tmp", $"eventengine-server-{Guid.NewGuid():N}");

    protected string Folder => Path.Combine(_parent, "postgres");

    protected string PidFile => Path.Combine(Folder, "data", "postmaster.pid");

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Nothing is left running, whatever the test did.</summary>
    public async Task DisposeAsync()
    {
        await Eventually.Becomes(() => Pids().Count == 0, TimeSpan.FromSeconds(30));
        Directory.Delete(_parent, recursive: true);
    }

    protected Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings(Folder));

    protected static async Task<T> QueryAsync<T>(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var query = source.CreateCommand(sql);
        return (T)(await query.ExecuteScalarAsync())!;
    }

    protected int Postmaster() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    /// <summary>The supervisor and its loop: all that name the folder and are no postmaster.</summary>
    protected IReadOnlyList<int> Supervisors() => [.. Pids().Where(pid => pid != Postmaster())];

    /// <returns>What the program printed, trimmed.</returns>
    protected static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }

    /// <summary>Every process whose command line names the folder, this one's descendants or not.</summary>
    protected IReadOnlyList<int> Pids()
    {
        using var list = Process.Start(new ProcessStartInfo("pgrep", ["-f", $"{Folder}/"]) { RedirectStandardOutput = true })!;
        var pids = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.WaitForExit();
        return [.. pids.Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
    }

    protected static void Kill(IEnumerable<int> pids)
    {
        foreach (var pid in pids)
            Process.GetProcessById(pid).Kill();
    }
}
