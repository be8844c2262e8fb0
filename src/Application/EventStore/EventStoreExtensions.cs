using System.Text.Json;
using EventEngine.Domain.Shared;

namespace EventEngine.Application.EventStore;

public static class EventStoreExtensions
{
    private const int Attempts = 5;

    public static Task<AppendResult> AppendAsync(
        this IEventStore store, string stream, ExpectedRevision expected, IEnumerable<IFact> facts, FactMetadata? metadata = null, CancellationToken ct = default)
    {
        var about = JsonSerializer.SerializeToUtf8Bytes(metadata ?? new FactMetadata(), FactJsonContext.Default.FactMetadata);
        var events = facts.Select(fact => new NewEvent(Guid.CreateVersion7(fact.At), FactTypes.NameOf(fact.GetType()), FactJson.Serialize(fact), about));
        return store.AppendAsync(stream, expected, [.. events], ct);
    }

    /// <summary>What a stream says by now.</summary>
    public static async Task<TState> FoldAsync<TState>(
        this IEventStore store, string stream, TState initial, Func<TState, IFact, TState> evolve, CancellationToken ct)
    {
        var state = initial;
        await foreach (var recorded in store.ReadStreamAsync(stream, ct: ct)) state = evolve(state, FactJson.Deserialize(recorded.Type, recorded.Data.Span));
        return state;
    }

    /// <summary>
    /// The way of every command: load the stream, fold it, decide, append what was decided at the revision that was read.
    /// A lost race is decided anew on the newer state; deciding nothing appends nothing.
    /// </summary>
    /// <returns>Where the append ended; null when there was nothing to say.</returns>
    /// <exception cref="WrongRevisionException">Others won the race five times.</exception>
    public static async Task<AppendResult?> DecideAsync<TState>(
        this IEventStore store,
        string stream,
        TState initial,
        Func<TState, IFact, TState> evolve,
        Func<TState, IReadOnlyCollection<IFact>> decide,
        FactMetadata? metadata = null,
        CancellationToken ct = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var state = initial;
            var expected = ExpectedRevision.NoStream;
            await foreach (var recorded in store.ReadStreamAsync(stream, ct: ct))
            {
                state = evolve(state, FactJson.Deserialize(recorded.Type, recorded.Data.Span));
                expected = ExpectedRevision.At(recorded.Revision);
            }

            var facts = decide(state);
            if (facts.Count == 0) return null;
            try
            {
                return await store.AppendAsync(stream, expected, facts, metadata, ct);
            }
            catch (WrongRevisionException) when (attempt < Attempts)
            {
            }
        }
    }
}
