using System.Buffers.Binary;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Walks the events of a chunk. Data and metadata are slices of the chunk, not copies.</summary>
internal sealed class ChunkReader
{
    private readonly ReadOnlyMemory<byte> _chunk;
    private int _at = 1;

    /// <exception cref="InvalidDataException">The chunk has a format that this version does not know.</exception>
    public ChunkReader(ReadOnlyMemory<byte> chunk)
    {
        if (chunk.Span[0] != ChunkFormat.Version) throw new InvalidDataException($"Unknown chunk format {chunk.Span[0]}.");
        _chunk = chunk;
    }

    public Guid Id { get; private set; }

    public string Type { get; private set; } = "";

    public ReadOnlyMemory<byte> Data { get; private set; }

    public ReadOnlyMemory<byte> Metadata { get; private set; }

    public bool Read()
    {
        if (_at == _chunk.Length) return false;
        var span = _chunk.Span;
        var flags = span[_at];
        Id = new Guid(span.Slice(_at + 1, 16), bigEndian: true);
        _at += 17;
        if ((flags & ChunkFormat.SameType) == 0) ReadType(span);
        Data = ReadBlock(span);
        if ((flags & ChunkFormat.SameMetadata) == 0) Metadata = ReadBlock(span);
        return true;
    }

    private void ReadType(ReadOnlySpan<byte> span)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(span[_at..]);
        Type = TypeNames.Of(span.Slice(_at + sizeof(ushort), length));
        _at += sizeof(ushort) + length;
    }

    private ReadOnlyMemory<byte> ReadBlock(ReadOnlySpan<byte> span)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(span[_at..]);
        var block = _chunk.Slice(_at + sizeof(int), length);
        _at += sizeof(int) + length;
        return block;
    }
}
