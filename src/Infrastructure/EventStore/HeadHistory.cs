using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>
/// Heads and when they were first seen. When full, every second one of the older half is given up: the recent past stays exact, and
/// a lag of hours is still known, more roughly.
/// </summary>
public sealed class HeadHistory
{
    private const int Capacity = 1_024;
    private readonly Lock _lock = new();
    private readonly List<(StorePosition Head, long SeenAt)> _seen = new(Capacity);

    public StorePosition? Latest
    {
        get
        {
            lock (_lock) return _seen.Count == 0 ? null : _seen[^1].Head;
        }
    }

    public void Saw(StorePosition head, long at)
    {
        lock (_lock)
        {
            if (_seen.Count > 0 && head <= _seen[^1].Head) return;
            if (_seen.Count == Capacity) Thin();
            _seen.Add((head, at));
        }
    }

    /// <summary>When something beyond the checkpoint was first seen, as a timestamp; null when nothing is.</summary>
    public long? FirstSeenBeyond(StorePosition? checkpoint)
    {
        lock (_lock)
        {
            if (_seen.Count == 0 || checkpoint >= _seen[^1].Head) return null;
            if (checkpoint is not { } at) return _seen[0].SeenAt;
            var (low, high) = (0, _seen.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_seen[middle].Head > at) high = middle;
                else low = middle + 1;
            }

            return _seen[low].SeenAt;
        }
    }

    // The first is kept: it is the longest wait that is known.
    private void Thin()
    {
        var kept = 1;
        for (var i = 2; i < Capacity; i++)
        {
            if (i >= Capacity / 2 || i % 2 == 0) _seen[kept++] = _seen[i];
        }

        _seen.RemoveRange(kept, _seen.Count - kept);
    }
}
