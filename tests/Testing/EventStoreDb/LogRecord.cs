using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf;

namespace EventEngine.Testing.EventStoreDb;

/// <summary>An event in the server's log.</summary>
internal sealed record LogRecord(
    string Stream, long Revision, ulong Position, Guid Id, string Type, string ContentType, ByteString Data, ByteString Metadata, DateTimeOffset Created)
{
    public ReadResponse ToMessage(bool idAsText) => new()
    {
        Event = new ReadResponse.Types.ReadEvent
        {
            CommitPosition = Position,
            Event = new ReadResponse.Types.RecordedEvent
            {
                Id = Ids.Of(Id, idAsText),
                Stream = new StreamName { Utf8 = ByteString.CopyFromUtf8(Stream) },
                Revision = (ulong)Revision,
                CommitPosition = Position,
                PreparePosition = Position,
                Properties =
                {
                    { "type", Type },
                    { "created", $"{(Created - DateTimeOffset.UnixEpoch).Ticks}" },
                    { "content-type", ContentType },
                },
                Data = Data,
                Metadata = Metadata,
            },
        },
    };
}

internal static class Ids
{
    public static Uuid Of(Guid id, bool asText)
    {
        if (asText) return new Uuid { Text = id.ToString() };
        var bytes = id.ToByteArray(bigEndian: true);
        return new Uuid
        {
            Bits = new Uuid.Types.Bits
            {
                High = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes),
                Low = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
            },
        };
    }

    public static Guid Of(Uuid id)
    {
        if (id.FormCase == Uuid.FormOneofCase.Text) return Guid.Parse(id.Text);
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, id.Bits.High);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), id.Bits.Low);
        return new Guid(bytes, bigEndian: true);
    }
}
