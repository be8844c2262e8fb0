namespace EventEngine.Infrastructure.EventStore;

/// <summary>The furthest position this process has heard of, and a way to wait for a further one.</summary>
internal sealed class HeadSignal
{
    private readonly Lock _lock = new();
    private long _position = -1;
    private TaskCompletionSource? _moved;

    /// <summary>-1: of none yet.</summary>
    public long Position
    {
        get
        {
            lock (_lock) return _position;
        }
    }

    public void Advance(long position)
    {
        TaskCompletionSource? moved;
        lock (_lock)
        {
            if (position <= _position) return;
            _position = position;
            (moved, _moved) = (_moved, null);
        }

        moved?.TrySetResult();
    }

    public async Task WaitBeyondAsync(long position, CancellationToken ct)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_position > position) return;
                _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(ct);
        }
    }
}
