using System.Diagnostics;

namespace EventEngine.Web.Tests.Durability.Chaos;

/// <summary>Hurts a cluster in one way after the other, chosen by a seed; what it did is told, with when.</summary>
internal sealed class ChaosMonkey
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);
    private readonly ChaosCluster _cluster;
    private readonly Random _random;
    private readonly List<(string Name, Func<Task> Do)> _faults;
    private readonly List<string> _did = [];

    public ChaosMonkey(ChaosCluster cluster, int seed)
    {
        (_cluster, _random) = (cluster, new Random(seed));
        _faults =
        [
            ("kill web", cluster.Web.KillAsync),
            ("kill worker 1", cluster.Workers[0].KillAsync),
            ("kill worker 2", cluster.Workers[1].KillAsync),
            ("kill the rebuild", cluster.Rebuild.KillAsync),
            ("kill Postgres", () => Done(cluster.KillPostgres)),
            ("break connections", cluster.BreakConnectionsAsync),
            ("freeze web", () => FreezeAsync(cluster.Web)),
            ("freeze worker 1", () => FreezeAsync(cluster.Workers[0])),
            ("freeze worker 2", () => FreezeAsync(cluster.Workers[1])),
        ];
        if (cluster.Disk.CanFill) _faults.Add(("fill the disk", FillAsync));
    }

    public string Did => string.Join('\n', _did);

    /// <summary>Every fault once, in an order of the seed, and then at random for as long as there is time.</summary>
    public async Task RunAsync(TimeSpan atLeast)
    {
        var began = Stopwatch.StartNew();
        var first = new Queue<(string Name, Func<Task> Do)>(_faults.OrderBy(_ => _random.Next()).ToList());
        while (first.Count > 0 || began.Elapsed < atLeast)
        {
            foreach (var process in _cluster.Hosts.Append(_cluster.Rebuild)) process.Keep();
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(200, 3_000)));
            var fault = first.TryDequeue(out var next) ? next : _faults[_random.Next(_faults.Count)];
            _did.Add($"{began.Elapsed.TotalSeconds,6:0.0} s {fault.Name}");
            await fault.Do();
        }
    }

    private async Task FreezeAsync(ChaosProcess process)
    {
        await process.FreezeAsync();
        await Task.Delay(Longest * _random.NextDouble());
        await process.WakeAsync();
    }

    private async Task FillAsync()
    {
        _cluster.Disk.Fill();
        await Task.Delay(Longest / 2 * _random.NextDouble());
        _cluster.Disk.Free();
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
