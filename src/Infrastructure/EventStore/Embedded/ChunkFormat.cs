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

    /// <summary>Two chunks fill a Postgres page. Values that leave their row for TOAST, in pieces of 2 kB, cost a third more CPU: measured.</summary>
    public const int InlineBytes = 4_000;

    /// <summary>Of data and metadata in one append.</summary>
    public const int MaxAppendBytes = 1_048_576;
}
