using System.Buffers.Binary;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Protocol;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

/// <summary>Between the protocol's messages and what callers see.</summary>
internal static class Wire
{
    public static readonly Empty Empty = new();
    private const string Json = "application/json";

    public static StreamName Name(string stream) => new() { Utf8 = ByteString.CopyFromUtf8(stream) };

    public static Uuid Id(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new Uuid
        {
            Bits = new Uuid.Types.Bits { High = BinaryPrimitives.ReadInt64BigEndian(bytes), Low = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) },
        };
    }

    public static Guid Id(Uuid id)
    {
        if (id.FormCase == Uuid.FormOneofCase.Text) return Guid.Parse(id.Text);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.Bits?.High ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id.Bits?.Low ?? 0);
        return new Guid(bytes, bigEndian: true);
    }

    public static ProposedEvent Proposed(in EventData data) => new()
    {
        Id = Id(data.Id),
        Properties = { { "type", data.Type }, { "content-type", Json } },
        Data = UnsafeByteOperations.UnsafeWrap(data.Data),
        Metadata = UnsafeByteOperations.UnsafeWrap(data.Metadata),
    };

    public static LogPlace Place(LogPosition position) => new(position.Commit, position.Prepare);

    public static LogPosition Position(LogPlace place) => new() { Commit = place.Commit, Prepare = place.Prepare };

    public static Appended Appended(BatchAppendResponse.Types.Success success) => new(
        success.Position is { } position ? Place(position) : default,
        success.CurrentCase == BatchAppendResponse.Types.Success.CurrentOneofCase.CurrentRevision ? (long)success.CurrentRevision : -1);

    public static EventRecord Record(ReadResponse.Types.RecordedEvent recorded) => new(
        recorded.Stream.Utf8.ToStringUtf8(),
        (long)recorded.Revision,
        new LogPlace(recorded.CommitPosition, recorded.PreparePosition),
        Id(recorded.Id),
        recorded.Properties["type"],
        recorded.Data.Memory,
        recorded.Metadata.Memory);

    public static StreamChange Change(string stream, StreamState expected)
    {
        var change = new StreamChange { Stream = Name(stream) };
        if (expected == StreamState.Any) change.Any = Empty;
        else if (expected == StreamState.NoStream) change.NoStream = Empty;
        else if (expected == StreamState.StreamExists) change.StreamExists = Empty;
        else change.Revision = (ulong)expected.Value;
        return change;
    }
}
