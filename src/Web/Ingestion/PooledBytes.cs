using System.Buffers;

namespace EventEngine.Web.Ingestion;

/// <summary>Bytes of a request in a pooled array that grows, up to a limit and as far as there is room among the others.</summary>
internal sealed class PooledBytes(int max, InFlightBytes inFlight) : IDisposable
{
    private const int Smallest = 32 * 1024;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    public Stream AsStream() => new MemoryStream(_bytes, 0, _length, writable: false);

    public IngestProblem? Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > max) return IngestProblem.BodyTooLarge;
        if (!TryGrow(_length + bytes.Length)) return IngestProblem.Overloaded;
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        return null;
    }

    public void Dispose()
    {
        inFlight.Release(_bytes.Length);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private bool TryGrow(int needed)
    {
        if (needed <= _bytes.Length) return true;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, _bytes.Length * 2), Smallest));
        if (!inFlight.TryReserve(larger.Length - _bytes.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        Memory.Span.CopyTo(larger);
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
        return true;
    }
}
