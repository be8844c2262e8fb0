using System.Collections.Concurrent;
using System.Diagnostics;

namespace EventEngine.Bench.Load;

/// <summary>Sends batches over many connections: as fast as they are answered, or at a fixed rate whatever the answers take.</summary>
public sealed class LoadGenerator(int port, Corpus corpus, int entriesPerBatch = Corpus.EntriesPerBatch)
{
    private static long _nextId = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 10;

    /// <summary>Closed loop: each connection sends the next batch when the last was answered.</summary>
    /// <param name="newConnections">A new connection for every request, as the Ruby client does.</param>
    public Task<LoadResult> ClosedAsync(int connections, TimeSpan duration, bool newConnections = false, long? batches = null) =>
        RunAsync(connections, duration, newConnections, intervalTicks: 0, batches ?? long.MaxValue);

    /// <summary>Open loop: latency counts from the moment a batch should have been sent, so a stall is not hidden by the wait for it.</summary>
    public Task<LoadResult> OpenAsync(int connections, TimeSpan duration, double entriesPerSecond) =>
        RunAsync(connections, duration, newConnections: false, (long)(Stopwatch.Frequency * connections * entriesPerBatch / entriesPerSecond), long.MaxValue);

    private async Task<LoadResult> RunAsync(int connections, TimeSpan duration, bool newConnections, long intervalTicks, long batches)
    {
        var statuses = new ConcurrentDictionary<int, long>();
        var latencies = new ConcurrentBag<List<double>>();
        var left = batches;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(index => Task.Run(async () =>
        {
            var mine = new List<double>(4096);
            latencies.Add(mine);
            var requests = corpus.Copy();
            using var connection = new Connection(port);
            var due = start + (intervalTicks * index / connections);
            while (Stopwatch.GetTimestamp() < end && Interlocked.Decrement(ref left) >= 0)
            {
                var from = intervalTicks == 0 ? Stopwatch.GetTimestamp() : due;
                if (intervalTicks != 0) await WaitUntilAsync(due);
                due += intervalTicks;
                var status = await connection.SendAsync(requests.Next(Interlocked.Add(ref _nextId, entriesPerBatch)), newConnections, CancellationToken.None);
                mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
        })));
        var all = latencies.SelectMany(list => list).Order().ToArray();
        return new LoadResult(all.Length, statuses.GetValueOrDefault(202) * entriesPerBatch, Stopwatch.GetElapsedTime(start), all, statuses);
    }

    private static async Task WaitUntilAsync(long due)
    {
        var wait = (due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
        if (wait >= 1) await Task.Delay(TimeSpan.FromMilliseconds(wait));
    }
}
