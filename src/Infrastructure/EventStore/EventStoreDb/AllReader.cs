using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

internal sealed class AllReader(EventStoreDbClient client, StreamLimits limits, ResumingRead resuming)
{
    private const int Patience = 4;

    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        ReadDirection direction, StorePosition? from, EventFilter? filter, long limit, [EnumeratorCancellation] CancellationToken ct)
    {
        if (limit <= 0) yield break;
        var kept = new KeptEvents(filter, limits);
        await foreach (var recorded in AfterAsync(direction, from is { } position ? Places.Place(position) : null, kept, ct))
        {
            yield return Places.Recorded(recorded);
            if (--limit == 0) yield break;
        }
    }

    private IAsyncEnumerable<EventRecord> AfterAsync(ReadDirection direction, LogPlace? start, KeptEvents kept, CancellationToken ct)
    {
        var backwards = direction == ReadDirection.Backwards;
        return resuming.FromAsync<EventRecord>("$all", last => Strictly(last?.Place ?? start), Patience, ct);

        // Backwards the server leaves out the place it starts from, forwards it does not.
        async IAsyncEnumerable<EventRecord> Strictly(LogPlace? from)
        {
            await foreach (var recorded in client.ReadAllAsync(backwards, from, long.MaxValue, kept.AtServer, ct))
            {
                if (recorded.Place != from && await kept.ShowsAsync(recorded, ct)) yield return recorded;
            }
        }
    }
}
