namespace EventEngine.Web.Ingestion;

/// <summary>
/// What all requests under way hold in memory. Beyond the limit a request is turned away at once, before memory grows. Bytes are
/// counted as they come, so that a client which announces much and sends nothing keeps nobody out.
/// </summary>
internal sealed class InFlightBytes(long limit = InFlightBytes.DefaultLimit)
{
    public const long DefaultLimit = 64 << 20;

    private long _bytes;

    public long Current => Interlocked.Read(ref _bytes);

    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= limit) return true;
        Release(bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
