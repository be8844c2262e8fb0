using System.Collections.Concurrent;
using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Ingestion;

/// <summary>Whether a request is within its plan: how many more may follow, and in how many seconds there is room for more.</summary>
public readonly record struct RateDecision(bool IsAllowed, int Limit, int Remaining, int ResetSeconds);

/// <summary>
/// Counts requests of the last minute, of all keys of an organization together: a second key buys nothing. Each process counts for
/// itself. Requests that were turned away do not count.
/// </summary>
public sealed class RequestRates(TimeProvider time)
{
    public const int WindowSeconds = 60;

    private const int PruneAbove = 10_000;

    private readonly ConcurrentDictionary<OrganizationId, Window> _windows = new();

    public RateDecision Count(OrganizationId organization, int perMinute)
    {
        var second = (time.GetTimestamp() / time.TimestampFrequency) + WindowSeconds; // a clock may start at 0
        if (_windows.Count > PruneAbove) Prune(second);
        return _windows.GetOrAdd(organization, _ => new Window()).Count(second, perMinute);
    }

    private void Prune(long second)
    {
        foreach (var (organization, window) in _windows)
            if (second - window.LastSecond > WindowSeconds) _windows.TryRemove(organization, out _);
    }

    /// <summary>One counter a second: never more than the limit within any minute, in constant memory whatever the limit.</summary>
    private sealed class Window
    {
        private readonly Lock _lock = new();
        private readonly int[] _seconds = new int[WindowSeconds + 1];
        private int _total;

        public long LastSecond { get; private set; } = long.MinValue;

        public RateDecision Count(long second, int limit)
        {
            lock (_lock)
            {
                MoveTo(second);
                var allowed = _total < limit;
                if (allowed)
                {
                    _seconds[second % _seconds.Length]++;
                    _total++;
                }

                return new RateDecision(allowed, limit, Math.Max(0, limit - _total), SecondsUntilRoom(second));
            }
        }

        private void MoveTo(long second)
        {
            var passed = LastSecond == long.MinValue ? _seconds.Length : Math.Clamp(second - LastSecond, 0, _seconds.Length);
            for (var i = passed - 1; i >= 0; i--)
            {
                ref var slot = ref _seconds[(second - i) % _seconds.Length];
                _total -= slot;
                slot = 0;
            }

            LastSecond = Math.Max(LastSecond, second);
        }

        /// <summary>The oldest counter that is not empty is the next to fall out.</summary>
        private int SecondsUntilRoom(long second)
        {
            for (var age = WindowSeconds; age >= 0; age--)
                if (_seconds[(second - age) % _seconds.Length] > 0) return WindowSeconds + 1 - age;
            return 0;
        }
    }
}
