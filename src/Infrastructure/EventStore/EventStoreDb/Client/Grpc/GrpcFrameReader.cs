using System.Buffers;
using System.Buffers.Binary;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Grpc;

/// <summary>
/// Takes messages off a stream, one at a time. It reads no further than its buffer: what the consumer has not asked for stays with the
/// server, held back by HTTP/2's flow control.
/// </summary>
internal sealed class GrpcFrameReader(Stream stream) : IDisposable
{
    private const int MaxMessage = 64 << 20;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(16 << 10);
    private int _start;
    private int _end;

    /// <summary>The next message, valid until the next call; null at the end.</summary>
    /// <exception cref="IOException">The stream ended inside a message.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken ct)
    {
        if (!await FillAsync(GrpcFrame.HeaderSize, ct)) return null;
        var header = _buffer.AsSpan(_start, GrpcFrame.HeaderSize);
        var length = BinaryPrimitives.ReadInt32BigEndian(header[1..]);
        if (header[0] != 0 || length is < 0 or > MaxMessage) throw new IOException("The server sent something that is no uncompressed gRPC message.");
        _start += GrpcFrame.HeaderSize;
        await FillAsync(length, ct);
        _start += length;
        return _buffer.AsMemory(_start - length, length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<bool> FillAsync(int wanted, CancellationToken ct)
    {
        if (_end - _start >= wanted) return true;
        MakeRoom(wanted);
        while (_end - _start < wanted)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
            _end += read;
            if (read > 0) continue;
            return _end == _start && wanted == GrpcFrame.HeaderSize ? false : throw new IOException("The server's answer ended inside a message.");
        }

        return true;
    }

    private void MakeRoom(int wanted)
    {
        var target = _buffer.Length >= wanted ? _buffer : ArrayPool<byte>.Shared.Rent(wanted);
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }
}
