using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Durability;

/// <summary>Whoever starts a host is told in a line why it does not run.</summary>
public sealed class RefusingToStartTests
{
    [Theory]
    [InlineData("EventEngine.Web.dll")]
    [InlineData("eventengine.dll", "run")]
    public async Task A_database_of_somebody_elses(string program, params string[] arguments)
    {
        await using var database = await TestPostgres.CreateEmptyDatabaseAsync();
        await using (var spoil = database.DataSource.CreateCommand("create schema views")) await spoil.ExecuteNonQueryAsync();

        (await EndsAsync(database, "http://127.0.0.1:0", program, arguments)).ShouldContain("already exists");
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        await using var database = await TestPostgres.CreateEmptyDatabaseAsync();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        (await EndsAsync(database, $"http://{other.LocalEndpoint}", "EventEngine.Web.dll")).ShouldContain($"{other.LocalEndpoint}: address already in use");
    }

    /// <returns>The one line that it says.</returns>
    private static async Task<string> EndsAsync(TestDatabase database, string address, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EventEngine__Postgres__ConnectionString"] = database.ConnectionString, ["ASPNETCORE_URLS"] = address },
        };
        using var host = Process.Start(start)!;
        var said = host.StandardError.ReadToEndAsync();
        host.BeginOutputReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await host.WaitForExitAsync(patience.Token);

        host.ExitCode.ShouldBe(1, await said);
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }
}
