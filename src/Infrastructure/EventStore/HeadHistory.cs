using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>
/// Heads and when they were first seen. The recent past is exact; of longer waits about two hundredths are not known, so that a thousand
/// heads reach back for weeks.
/// </summary>
public sealed class HeadHistory
{
    private const int Capacity = 1_024;
    private const double Roughness = 0.02;
    private readonly Lock _lock = new();
    private readonly List<(StorePosition Head, long SeenAt)> _seen = new(Capacity);
    private int _full = Capacity;

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
            if (_seen.Count >= _full) Thin(at);
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

    // A head goes when those around it are close together for their age. The first stays: it is the longest wait that is known.
    private void Thin(long now)
    {
        var kept = 1;
        for (var i = 1; i < _seen.Count; i++)
        {
            var isLast = i == _seen.Count - 1;
            if (isLast || _seen[i + 1].SeenAt - _seen[kept - 1].SeenAt > (now - _seen[i + 1].SeenAt) * Roughness) _seen[kept++] = _seen[i];
        }

        _seen.RemoveRange(kept, _seen.Count - kept);
        _full = Math.Max(Capacity, kept * 2);
    }
}
