namespace EventEngine.Application.Retries;

/// <summary>The way to one app: all of its retries share it, so that a small one need not wait for the end of a large one.</summary>
internal sealed class RetryLane(int inFlight) : IDisposable
{
    private readonly SemaphoreSlim _places = new(inFlight, inFlight);
    private int _retries;

    /// <summary>How many requests one of the retries may have under way.</summary>
    public int Share => Math.Max(1, inFlight / Math.Max(1, Volatile.Read(ref _retries)));

    public void Enter() => Interlocked.Increment(ref _retries);

    public void Leave() => Interlocked.Decrement(ref _retries);

    public async Task<T> UseAsync<T>(Func<Task<T>> use)
    {
        await _places.WaitAsync();
        try
        {
            return await use();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
