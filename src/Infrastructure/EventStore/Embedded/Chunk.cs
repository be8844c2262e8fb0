namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>A row of store.chunks.</summary>
internal readonly record struct Chunk(
    long FirstPosition, long StreamId, long FirstRevision, int Count, DateTime AppendedAt, byte[] Events)
{
    public long LastPosition => FirstPosition + Count - 1;

    public long LastRevision => FirstRevision + Count - 1;
}

/// <summary>A row to be written to store.chunks.</summary>
internal readonly record struct NewChunk(long FirstPosition, long StreamId, long FirstRevision, int Count, ReadOnlyMemory<byte> Events);
