using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>Between the port's words and the client's.</summary>
internal static class Places
{
    public static StorePosition Position(LogPlace place) => new((long)place.Commit, (long)place.Prepare);

    public static LogPlace Place(StorePosition position) => new((ulong)position.Commit, (ulong)position.Prepare);

    public static RecordedEvent Recorded(EventRecord e) => new(e.Stream, e.Revision, Position(e.Place), e.Id, e.Type, e.Data, e.Metadata);

    public static StreamState State(ExpectedRevision expected)
    {
        if (expected == ExpectedRevision.Any) return StreamState.Any;
        if (expected == ExpectedRevision.StreamExists) return StreamState.StreamExists;
        return expected == ExpectedRevision.NoStream ? StreamState.NoStream : StreamState.Revision(expected.Value);
    }
}
