using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Runtime;

/// <summary>Follows the store in chunks: whatever is there at once, never waiting for more.</summary>
public sealed class FactSource(IEventStore store)
{
    private const int LargestChunk = 2_000;

    public async IAsyncEnumerable<FactChunk> ReadAsync(
        StorePosition? after, EventFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var messages = store.SubscribeAsync(after, filter, stop.Token).GetAsyncEnumerator(stop.Token);
        var reader = new FactReader();
        var chunk = new Chunk();
        Task<bool>? pending = null;
        try
        {
            while (true)
            {
                var next = messages.MoveNextAsync();
                if (!next.IsCompleted)
                {
                    pending = next.AsTask();
                    if (chunk.Close() is { } atHand) yield return atHand;
                    if (!await pending) break;
                    pending = null;
                }
                else if (!await next)
                {
                    break;
                }

                chunk.Add(messages.Current, reader);
                if (chunk.Count >= LargestChunk && chunk.Close() is { } full) yield return full;
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (pending is not null) await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync();
        }
    }

    private sealed class Chunk
    {
        private List<StoredFact> _facts = [];
        private StorePosition? _end;
        private bool _caughtUp;

        public int Count => _facts.Count;

        public void Add(SubscriptionMessage message, FactReader reader)
        {
            switch (message)
            {
                case SubscriptionMessage.Event(var recorded):
                    _facts.Add(reader.Read(recorded));
                    _end = recorded.Position;
                    break;
                case SubscriptionMessage.Checkpoint(var position):
                    _end = position;
                    break;
                case SubscriptionMessage.CaughtUp:
                    _caughtUp = true;
                    break;
            }
        }

        public FactChunk? Close()
        {
            if (_end is null && !_caughtUp) return null;
            var closed = new FactChunk(_facts, _end, _caughtUp);
            (_facts, _end, _caughtUp) = ([], null, false);
            return closed;
        }
    }
}
