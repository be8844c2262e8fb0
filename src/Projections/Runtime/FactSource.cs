using System.Runtime.CompilerServices;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Follows the store in chunks: whatever is there at once, never waiting for more. A chunk never ends inside an append, so that what a
/// request announced and what it held are always applied together, and the ledger balances after every commit.
/// </summary>
public sealed class FactSource(IEventStore store, TimeProvider time)
{
    /// <summary>
    /// The rest of an append is there already; what has not come by then is lost, and the ledger must say so. Longer than a subscription may
    /// pause before it goes on where its connection broke.
    /// </summary>
    private static readonly TimeSpan PatienceForTheRest = TimeSpan.FromSeconds(2);

    public IEventStore Store => store;

    public async IAsyncEnumerable<FactChunk> ReadAsync(
        StorePosition? after, EventFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var messages = store.SubscribeAsync(after, filter, stop.Token).GetAsyncEnumerator(stop.Token);
        var reader = new FactReader();
        var chunk = new Chunk(filter);
        Task<bool>? pending = null;
        try
        {
            while (true)
            {
                var next = messages.MoveNextAsync();
                if (!next.IsCompleted)
                {
                    pending = next.AsTask();
                    if (chunk.IsInsideAppend) await WaitForTheRestAsync(pending, ct);
                    if (!(chunk.IsInsideAppend && pending.IsCompleted) && chunk.Close() is { } atHand) yield return atHand;
                    if (!await pending) break;
                    pending = null;
                }
                else if (!await next)
                {
                    break;
                }

                chunk.Add(messages.Current, reader);
                if (chunk.IsLarge && !chunk.IsInsideAppend && chunk.Close() is { } full) yield return full;
            }
        }
        finally
        {
            await stop.CancelAsync();
            if (pending is not null) await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync();
        }
    }

    // While the store is away nothing is lost, only late; once it is back, its subscriptions need a moment.
    private async Task WaitForTheRestAsync(Task rest, CancellationToken ct)
    {
        bool wasAway, isAway = false;
        do
        {
            wasAway = isAway;
            await Task.WhenAny(rest, Task.Delay(PatienceForTheRest, time, ct));
            isAway = !rest.IsCompleted && !await AnswersAsync(ct);
        }
        while (!rest.IsCompleted && (isAway || wasAway));
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            await store.ReadHeadAsync(ct);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private sealed class Chunk(EventFilter filter)
    {
        private const int Large = 2_000;
        private static readonly string Reported = FactTypes.NameOf(typeof(EntryReported)), Rejected = FactTypes.NameOf(typeof(EntryRejected));

        private List<StoredFact> _facts = [];
        private string? _open;
        private int _toCome;
        private StorePosition? _end;
        private bool _caughtUp;

        public bool IsLarge => _facts.Count >= Large;

        public bool IsInsideAppend => _toCome > 0;

        public void Add(SubscriptionMessage message, FactReader reader)
        {
            switch (message)
            {
                case SubscriptionMessage.Event(var recorded):
                    Add(reader.Read(recorded));
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
            (_facts, _end, _caughtUp, _toCome) = ([], null, false, 0);
            return closed;
        }

        private void Add(StoredFact fact)
        {
            _facts.Add(fact);
            if (fact.Unreadable is null && fact.Fact is BatchReceived batch) Open(fact.Stream, batch.Count);
            else _toCome = fact.Stream == _open ? _toCome - 1 : 0;
        }

        private void Open(string stream, int entries)
        {
            _open = stream;
            _toCome = filter.Keeps(stream, Reported) && filter.Keeps(stream, Rejected) ? entries : 0;
        }
    }
}
