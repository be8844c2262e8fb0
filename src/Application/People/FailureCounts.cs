using System.Collections.Concurrent;

namespace EventEngine.Application.People;

/// <summary>Failures by key, in memory: after some free ones each doubles the wait. Forgotten after 15 minutes without a failure.</summary>
internal sealed class FailureCounts(TimeProvider time, int free, TimeSpan first, TimeSpan longest)
{
    private const int MostKeys = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    public TimeSpan? WaitFor(string key)
    {
        if (!_failures.TryGetValue(key, out var failures) || failures.Count < free) return null;
        var doubled = first * Math.Pow(2, Math.Min(failures.Count - free, 10));
        var wait = failures.LastAt + (doubled < longest ? doubled : longest) - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    public void Failed(string key)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostKeys) MakeRoom(now);
        _failures.AddOrUpdate(
            key,
            _ => new Failures(1, now),
            (_, known) => new Failures(now - known.LastAt > Memory ? 1 : known.Count + 1, now));
    }

    public void Forget(string key) => _failures.TryRemove(key, out _);

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (key, failures) in _failures)
        {
            if (now - failures.LastAt > Memory) _failures.TryRemove(key, out _);
        }

        if (_failures.Count >= MostKeys) _failures.Clear();
    }

    private sealed record Failures(int Count, DateTimeOffset LastAt);
}
