namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// Finds out at first sight of a stream what of it is there already, from the target itself: that is what makes a copy resumable, and
/// every event arrive once.
/// </summary>
internal sealed class CopiedStreams(IEventStore source, IEventStore target, bool targetWasEmpty)
{
    private readonly Dictionary<string, CopiedStream> _seen = new(StringComparer.Ordinal);

    public bool Contains(string stream) => _seen.ContainsKey(stream);

    public async ValueTask<CopiedStream> OfAsync(string name, CancellationToken ct)
    {
        if (_seen.TryGetValue(name, out var known)) return known;
        var first = await source.FirstOfAsync(name, ct);
        var last = targetWasEmpty ? null : await target.LastOfAsync(name, ct);
        var next = first is null ? long.MaxValue : last is null ? first.Revision : await NextAsync(last, first, ct);
        return _seen[name] = new CopiedStream(name, next, last?.Revision ?? -1);
    }

    private async Task<long> NextAsync(RecordedEvent last, RecordedEvent first, CancellationToken ct)
    {
        if (await source.FindAsync(last, ct) is { } original) return original.Revision + 1;
        if (first.Revision > last.Revision) return first.Revision; // what was copied has left the source since
        throw new CopyRefusedException(
            $"The target's stream {last.Stream} holds an event that the source's does not (revision {last.Revision}): somebody else wrote to the target. Copy into an empty one.");
    }
}
