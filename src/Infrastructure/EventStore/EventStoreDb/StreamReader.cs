using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

internal sealed class StreamReader(EventStoreDbClient client, ResumingRead resuming)
{
    private const int Patience = 4;

    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        string stream, ReadDirection direction, long? from, long limit, [EnumeratorCancellation] CancellationToken ct)
    {
        var backwards = direction == ReadDirection.Backwards;
        if (limit <= 0 || from < 0) yield break;
        await foreach (var recorded in resuming.FromAsync<EventRecord>(stream, After, Patience, ct))
        {
            yield return Places.Recorded(recorded);
            if (--limit == 0) yield break;
        }

        IAsyncEnumerable<EventRecord> After(EventRecord? last)
        {
            var next = last is null ? from : last.Revision + (backwards ? -1 : 1);
            return next < 0 ? AsyncEnumerable.Empty<EventRecord>() : client.ReadStreamAsync(stream, backwards, next, limit, ct);
        }
    }
}
