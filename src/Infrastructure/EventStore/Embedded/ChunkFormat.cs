namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>
/// How events lie in <c>store.chunks.events</c>, numbers big-endian: one byte of version, then for each event a byte of flags, its id (16 bytes as
/// written in text), its type (2 bytes of length, UTF-8) unless <see cref="SameType"/>, its data (4 bytes of length) and its metadata
/// (the same) unless <see cref="SameMetadata"/>. The two flags stand for "as the event before". The SQL function store.unpack reads the same.
/// </summary>
internal static class ChunkFormat
{
    public const byte Version = 1;
    public const byte SameType = 1;
    public const byte SameMetadata = 2;

    /// <summary>What still fits into a Postgres page beside the other columns. Larger values are moved out of the row, in pieces of 2 kB: measured, a third more CPU.</summary>
    public const int InlineBytes = 8_000;

    /// <summary>Of data and metadata in one append.</summary>
    public const int MaxAppendBytes = 1_048_576;
}
