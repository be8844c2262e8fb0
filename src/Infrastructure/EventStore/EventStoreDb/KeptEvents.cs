using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Streams;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb;

/// <summary>
/// Decides, of what the server sends of everything, what the port shows. The server keeps deleted events in its log until it is scavenged,
/// so each stream is asked once where it begins; a stream that is read long after it was asked may have been deleted since.
/// </summary>
internal sealed class KeptEvents(EventFilter? filter, StreamLimits limits)
{
    private const int MostStreams = 100_000;
    private readonly Dictionary<string, long> _firstKept = new(StringComparer.Ordinal);

    /// <summary>What the server can leave out. With both prefixes and types it can't express the choice, and sends all but its own streams.</summary>
    public AllFilter AtServer { get; } = filter switch
    {
        { StreamPrefixes: { Count: > 0 } prefixes, Types: null or { Count: 0 } } => AllFilter.Streams(prefixes),
        { StreamPrefixes: null or { Count: 0 }, Types: { Count: > 0 } types } => AllFilter.EventTypes(types),
        _ => AllFilter.NoSystemStreams,
    };

    /// <summary>The events of the server's own streams, links, and what the filter does not want are not shown.</summary>
    public bool Wants(EventRecord recorded) =>
        !recorded.Stream.StartsWith('$') && !recorded.Type.StartsWith('$') && (filter?.Keeps(recorded.Stream, recorded.Type) ?? true);

    public async ValueTask<bool> ShowsAsync(EventRecord recorded, CancellationToken ct) => Wants(recorded) && !await IsDeletedAsync(recorded, ct);

    private async ValueTask<bool> IsDeletedAsync(EventRecord recorded, CancellationToken ct)
    {
        if (!_firstKept.TryGetValue(recorded.Stream, out var first))
        {
            first = await limits.FirstKeptAsync(recorded.Stream, ct);
            if (_firstKept.Count >= MostStreams) _firstKept.Clear();
            _firstKept[recorded.Stream] = first;
        }

        return recorded.Revision < first;
    }
}
