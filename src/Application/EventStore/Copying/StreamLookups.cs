namespace EventEngine.Application.EventStore.Copying;

/// <summary>What a copy asks of single streams. A deleted stream is one without events.</summary>
internal static class StreamLookups
{
    public static Task<RecordedEvent?> FirstOfAsync(this IEventStore store, string stream, CancellationToken ct) =>
        UnlessDeletedAsync(store.ReadStreamAsync(stream, limit: 1, ct: ct));

    public static Task<RecordedEvent?> LastOfAsync(this IEventStore store, string stream, CancellationToken ct) =>
        UnlessDeletedAsync(store.ReadStreamAsync(stream, ReadDirection.Backwards, limit: 1, ct: ct));

    /// <summary>The source's event of which <paramref name="copy"/> is the copy: revisions only ever become smaller on the way.</summary>
    public static Task<RecordedEvent?> FindAsync(this IEventStore source, RecordedEvent copy, CancellationToken ct) =>
        UnlessDeletedAsync(source.ReadStreamAsync(copy.Stream, from: copy.Revision, ct: ct), copy.Id);

    /// <summary>The target's copy of <paramref name="original"/>.</summary>
    public static Task<RecordedEvent?> FindCopyAsync(this IEventStore target, RecordedEvent original, CancellationToken ct) =>
        UnlessDeletedAsync(target.ReadStreamAsync(original.Stream, ReadDirection.Backwards, original.Revision, ct: ct), original.Id);

    public static async Task<bool> IsTombstonedAsync(this IEventStore store, string stream, CancellationToken ct)
    {
        try
        {
            await FirstAsync(store.ReadStreamAsync(stream, limit: 1, ct: ct), null);
            return false;
        }
        catch (StreamDeletedException)
        {
            return true;
        }
    }

    private static async Task<RecordedEvent?> UnlessDeletedAsync(IAsyncEnumerable<RecordedEvent> events, Guid? id = null)
    {
        try
        {
            return await FirstAsync(events, id);
        }
        catch (StreamDeletedException)
        {
            return null;
        }
    }

    private static async Task<RecordedEvent?> FirstAsync(IAsyncEnumerable<RecordedEvent> events, Guid? id)
    {
        await foreach (var recorded in events)
        {
            if (id is null || recorded.Id == id) return recorded;
        }

        return null;
    }
}
