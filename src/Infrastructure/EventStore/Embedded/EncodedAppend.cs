using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>The events of one append, copied into the form in which they will be stored, in a pooled buffer: give it back once.</summary>
internal sealed class EncodedAppend
{
    // The shared pool keeps too few for hundreds of callers at once; of the large ones it keeps enough.
    private const int OwnPoolMaxLength = 64 * 1024, OwnPoolArrays = 512;
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(OwnPoolMaxLength, OwnPoolArrays);
    private const int Overhead = sizeof(byte) + 16 + sizeof(ushort) + sizeof(int) + sizeof(int);
    private readonly List<Slice> _chunks = [];
    private byte[] _buffer;
    private int _written;

    private EncodedAppend(int events, int capacity)
    {
        Events = events;
        _buffer = PoolFor(capacity).Rent(capacity);
    }

    public int Events { get; }

    public int Bytes => _written;

    public int Chunks => _chunks.Count;

    /// <exception cref="AppendTooLargeException">More than 1 MiB of data and metadata.</exception>
    public static EncodedAppend Of(IReadOnlyList<NewEvent> events)
    {
        long payload = 0, capacity = 0;
        for (var i = 0; i < events.Count; i++)
        {
            payload += events[i].Data.Length + events[i].Metadata.Length;
            capacity += 1 + Size(events[i]);
        }

        if (payload > ChunkFormat.MaxAppendBytes) throw new AppendTooLargeException(payload);
        var encoded = new EncodedAppend(events.Count, checked((int)capacity));
        encoded.Write(events);
        return encoded;
    }

    public int EventsOf(int chunk) => _chunks[chunk].Events;

    public ReadOnlyMemory<byte> BytesOf(int chunk) => _buffer.AsMemory(_chunks[chunk].Offset, _chunks[chunk].Length);

    public IEnumerable<Guid> Ids()
    {
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            var reader = new ChunkReader(BytesOf(chunk));
            while (reader.Read()) yield return reader.Id;
        }
    }

    public void Release()
    {
        var buffer = _buffer;
        _buffer = [];
        PoolFor(buffer.Length).Return(buffer);
    }

    private static ArrayPool<byte> PoolFor(int length) => length <= OwnPoolMaxLength ? Pool : ArrayPool<byte>.Shared;

    private static int Size(in NewEvent @event) =>
        Overhead + Encoding.UTF8.GetByteCount(@event.Type) + @event.Data.Length + @event.Metadata.Length;

    private void Write(IReadOnlyList<NewEvent> events)
    {
        int start = 0, count = 0;
        for (var i = 0; i < events.Count; i++)
        {
            var next = events[i];
            if (count > 0 && _written - start + Size(next) > ChunkFormat.InlineBytes)
            {
                _chunks.Add(new Slice(start, _written - start, count));
                (start, count) = (_written, 0);
            }

            if (count == 0) _buffer[_written++] = ChunkFormat.Version;
            Write(next, count == 0 ? null : events[i - 1]);
            count++;
        }

        _chunks.Add(new Slice(start, _written - start, count));
    }

    private void Write(in NewEvent next, NewEvent? before)
    {
        var sameType = before is { } b && b.Type == next.Type;
        var sameMetadata = before is { } m && (m.Metadata.Equals(next.Metadata) || m.Metadata.Span.SequenceEqual(next.Metadata.Span));
        _buffer[_written] = (byte)((sameType ? ChunkFormat.SameType : 0) | (sameMetadata ? ChunkFormat.SameMetadata : 0));
        next.Id.TryWriteBytes(_buffer.AsSpan(_written + 1), bigEndian: true, out _);
        _written += 17;
        if (!sameType) WriteType(next.Type);
        WriteBlock(next.Data.Span);
        if (!sameMetadata) WriteBlock(next.Metadata.Span);
    }

    private void WriteType(string type)
    {
        var length = Encoding.UTF8.GetBytes(type, _buffer.AsSpan(_written + sizeof(ushort)));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_written), checked((ushort)length));
        _written += sizeof(ushort) + length;
    }

    private void WriteBlock(ReadOnlySpan<byte> block)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_written), block.Length);
        block.CopyTo(_buffer.AsSpan(_written + sizeof(int)));
        _written += sizeof(int) + block.Length;
    }

    private readonly record struct Slice(int Offset, int Length, int Events);
}
