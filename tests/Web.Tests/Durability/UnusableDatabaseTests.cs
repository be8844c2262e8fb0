using System.Diagnostics;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Durability;

/// <summary>Whoever starts a host is told in a line why it does not run.</summary>
public sealed class UnusableDatabaseTests
{
    [Theory]
    [InlineData("EventEngine.Web.dll")]
    [InlineData("eventengine.dll", "run")]
    public async Task A_host_says_what_is_wrong_and_ends_with_1(string program, params string[] arguments)
    {
        await using var database = await TestPostgres.CreateEmptyDatabaseAsync();
        await using (var spoil = database.DataSource.CreateCommand("create schema views")) await spoil.ExecuteNonQueryAsync(); // somebody else's
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["EventEngine__Postgres__ConnectionString"] = database.ConnectionString, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };

        using var host = Process.Start(start)!;
        var said = host.StandardError.ReadToEndAsync();
        host.BeginOutputReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await host.WaitForExitAsync(patience.Token);

        host.ExitCode.ShouldBe(1, await said);
        (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain("already exists");
    }
}
