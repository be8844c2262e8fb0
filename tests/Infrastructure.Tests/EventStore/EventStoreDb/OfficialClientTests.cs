using System.Diagnostics;
using System.Runtime.CompilerServices;
using EventEngine.Testing.EventStoreDb;

namespace EventEngine.Infrastructure.Tests.EventStore.EventStoreDb;

/// <summary>The test server is no echo of our own client: the official Node client gets from it what it gets from EventStoreDB.</summary>
public sealed class OfficialClientTests
{
    [Theory]
    [InlineData("batches")]
    [InlineData("plain")]
    public async Task The_official_client_finds_what_it_expects(string appends)
    {
        await using var server = await TestEventStoreDb.StartAsync();
        server.TakesBatches = appends == "batches";

        var (said, code) = await RunAsync(server.ConnectionString, appends);

        said.ShouldBe("ok");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task The_official_client_finds_the_leader_by_gossip()
    {
        await using var leader = await TestEventStoreDb.StartAsync();
        await using var follower = await TestEventStoreDb.StartAsync();
        (follower.Leader, follower.Others) = (leader, [leader]);

        var (said, _) = await RunAsync($"esdb+discover://127.0.0.1:{follower.Port}?tls=false", "batches");

        said.ShouldBe("ok");
    }

    private static async Task<(string Said, int Code)> RunAsync(string connection, string appends, [CallerFilePath] string file = "")
    {
        var script = Path.Combine(Path.GetDirectoryName(file)!, "official-client.mjs");
        var start = new ProcessStartInfo("node", [script, connection, appends]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await node.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }

        return ((await output + await errors).Trim(), node.ExitCode);
    }
}
