using System.Collections.Concurrent;

namespace EventEngine.Application.People;

/// <summary>
/// Failed attempts by account and origin, in memory: from the fifth on each failure doubles the wait, from 5 s to 5 min. Forgotten after
/// 15 minutes without a failure.
/// </summary>
public sealed class SignInAttempts(TimeProvider time)
{
    private const int FreeAttempts = 5;
    private const int MostAccounts = 10_000;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    /// <summary>How long this account has to wait before its next attempt; null: not at all.</summary>
    public TimeSpan? WaitFor(string account)
    {
        if (!_failures.TryGetValue(account, out var failures) || failures.Count < FreeAttempts) return null;
        var doubled = FirstWait * Math.Pow(2, Math.Min(failures.Count - FreeAttempts, 10));
        var until = failures.LastAt + (doubled < LongestWait ? doubled : LongestWait);
        var wait = until - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    public void Failed(string account)
    {
        var now = time.GetUtcNow();
        if (_failures.Count >= MostAccounts) Forget(now);
        _failures.AddOrUpdate(
            account,
            _ => new Failures(1, now),
            (_, known) => new Failures(now - known.LastAt > Memory ? 1 : known.Count + 1, now));
    }

    public void Succeeded(string account) => _failures.TryRemove(account, out _);

    private void Forget(DateTimeOffset now)
    {
        foreach (var (account, failures) in _failures)
        {
            if (now - failures.LastAt > Memory) _failures.TryRemove(account, out _);
        }

        if (_failures.Count >= MostAccounts) _failures.Clear();
    }

    private sealed record Failures(int Count, DateTimeOffset LastAt);
}
