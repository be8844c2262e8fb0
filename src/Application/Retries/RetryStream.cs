using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.Retries;

/// <summary>A retry as its stream tells it. What is appended stands right after what was read: whoever was superseded writes nothing more.</summary>
internal sealed class RetryStream(IEventStore store, AppId app, Guid retry)
{
    private readonly string _name = StreamName.Retry(app, retry);
    private readonly List<string> _eventIds = [];
    private long? _revision;

    public RetryJob State { get; private set; } = RetryJob.Initial;

    public string EventIdOf(int item) => _eventIds[item];

    /// <summary>Reads what others have appended.</summary>
    public async Task ReadOnAsync(CancellationToken ct)
    {
        await foreach (var recorded in store.ReadStreamAsync(_name, from: _revision + 1, ct: ct))
        {
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            if (fact is RetryItemsListed listed) List(listed);
            (State, _revision) = (RetryJob.Evolve(State, fact), recorded.Revision);
        }
    }

    /// <summary>A lost race is decided anew on the newer state.</summary>
    /// <exception cref="StoreUnavailableException">It may be written, or not: read on before deciding again.</exception>
    public async Task<IReadOnlyCollection<IFact>> AppendAsync(Func<RetryJob, IReadOnlyCollection<IFact>> decide, CancellationToken ct)
    {
        while (true)
        {
            var facts = decide(State);
            if (facts.Count == 0) return facts;
            try
            {
                var expected = _revision is { } known ? ExpectedRevision.At(known) : ExpectedRevision.NoStream;
                var appended = await store.AppendAsync(_name, expected, facts, ct: ct);
                (State, _revision) = (facts.Aggregate(State, RetryJob.Evolve), appended.Revision);
                return facts;
            }
            catch (WrongRevisionException)
            {
                await ReadOnAsync(ct);
            }
        }
    }

    private void List(RetryItemsListed fact)
    {
        if (fact.First == 0) _eventIds.Clear();
        _eventIds.AddRange(fact.EventIds);
    }
}
