namespace EventEngine.Web.Live;

/// <summary>Sends at once when it has been quiet, else once at the end of the running interval: nothing is lost, little is sent.</summary>
public sealed class PacedGroup : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task> _send;
    private readonly ITimer _timer;
    private bool _resting;
    private bool _pending;

    public PacedGroup(Func<Task> send, TimeProvider time)
    {
        _send = send;
        _timer = time.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Announce()
    {
        lock (_lock)
        {
            _pending = _resting;
            if (_resting) return;
            Rest();
        }

        _ = _send();
    }

    public void Dispose() => _timer.Dispose();

    private void Rested()
    {
        lock (_lock)
        {
            _resting = false;
            if (!_pending) return;
            _pending = false;
            Rest();
        }

        _ = _send();
    }

    private void Rest()
    {
        _resting = true;
        _timer.Change(LiveFeed.Spacing, Timeout.InfiniteTimeSpan);
    }
}
