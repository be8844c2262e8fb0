using EventEngine.Testing;
using Xunit.Abstractions;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>
/// Real processes, killed, frozen, cut off and starved of disk while entries arrive and projections are rebuilt. A minute of it,
/// or EVENTENGINE_CHAOS_SECONDS; always in the same order, or in that of EVENTENGINE_CHAOS_SEED (docs/replay.md).
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int DefaultSeconds = 60, DefaultSeed = 3;

    [Fact]
    public async Task Whatever_dies_freezes_or_fills_up_everything_acknowledged_is_there_exactly_once()
    {
        var seed = Setting("EVENTENGINE_CHAOS_SEED") ?? DefaultSeed;
        var time = TimeSpan.FromSeconds(Setting("EVENTENGINE_CHAOS_SECONDS") ?? DefaultSeconds);
        Tell($"Chaos of {time.TotalSeconds} s, EVENTENGINE_CHAOS_SEED={seed}.");
        await using var cluster = await ChaosCluster.StartAsync();
        if (!cluster.Disk.CanFill) Tell("!!! NO DISK IS FILLED IN THIS RUN: mounting a tmpfs needs root (or CAP_SYS_ADMIN). All other faults are played.");
        using var reporters = new ChaosReporters(cluster.Address, ProductProcess.ApiKey, seed);
        using var enough = new CancellationTokenSource();
        var reporting = reporters.RunAsync(enough.Token);
        var monkey = new ChaosMonkey(cluster, seed);
        try
        {
            await monkey.RunAsync(time);
            await enough.CancelAsync();
            await reporting;
            await AssertWholeAsync(cluster, reporters);
        }
        catch
        {
            foreach (var process in cluster.Hosts) Tell($"--- {process.Name}\n{process.Said}");
            throw;
        }
        finally
        {
            Tell($"Seed {seed}\n{monkey.Did}\nAnswers: {reporters.Answers}; ends nobody asked for: {string.Join(", ", cluster.Hosts.Select(host => $"{host.Name} {host.OwnEnds.Count}"))}");
            foreach (var end in cluster.Hosts.SelectMany(host => host.OwnEnds)) Tell($"--- ended by itself: {end}");
        }
    }

    private static async Task AssertWholeAsync(ChaosCluster cluster, ChaosReporters reporters)
    {
        await cluster.Rebuild.KillAsync();
        // The pages' head of the store may be a moment old: what was acknowledged last is waited for, too.
        await cluster.CaughtUpAsync();
        await Eventually.Becomes(async () => !reporters.Acknowledged.Except(await cluster.RowsAsync()).Any(), ChaosCluster.Patience, "acknowledged, and lost");
        var summary = await cluster.CaughtUpAsync();
        var rows = await cluster.RowsAsync();
        rows.Distinct().Count().ShouldBe(rows.Count, "an event is there twice");
        reporters.Acknowledged.Except(rows).ShouldBeEmpty("acknowledged, and lost");
        reporters.Acknowledged.Count.ShouldBeGreaterThan(0);
        var ledger = summary["ledger"]!;
        ((long)ledger["unexplained"]!).ShouldBe(0);
        ((long)ledger["stored"]!).ShouldBe(rows.Count);
        ((long)summary["totals"]!["published"]!).ShouldBe(rows.Count);
        await EndsWellAsync(cluster, "rebuild", "all"); // what the last one that was asked for had begun
        await EndsWellAsync(cluster, "verify", "all");
    }

    private static async Task EndsWellAsync(ChaosCluster cluster, params string[] command)
    {
        await using var process = cluster.Command(command);
        using var patience = new CancellationTokenSource(ChaosCluster.Patience);
        try
        {
            (await process.RunAsync(patience.Token)).ShouldBe(0, $"{process.Name}: live and built must be equal\n{process.Said}");
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{process.Name} did not end within {ChaosCluster.Patience}:\n{process.Said}", late);
        }
    }

    private void Tell(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : null;
}

/// <summary>Runs when nothing else of this project does: it wants the machine for itself, and takes it from others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
