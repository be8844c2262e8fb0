namespace EventEngine.Application.EventStore.Copying;

/// <summary>Where a copy begins: at the start of the source, or near the end of what an earlier one left in the target.</summary>
internal sealed record CopyStart(StorePosition? After, bool TargetWasEmpty)
{
    /// <exception cref="CopyRefusedException">The target holds something else.</exception>
    public static async Task<CopyStart> FindAsync(IEventStore source, IEventStore target, CancellationToken ct)
    {
        RecordedEvent? newest = null, oldest = null;
        await foreach (var recorded in target.ReadAllAsync(ReadDirection.Backwards, limit: AppendsInFlight.MostEvents, ct: ct))
        {
            newest ??= recorded;
            oldest = recorded;
        }

        if (newest is null) return new CopyStart(null, TargetWasEmpty: true);
        await CheckAsync(source, newest, ct);
        return new CopyStart((await source.FindAsync(oldest!, ct))?.Position, TargetWasEmpty: false);
    }

    private static async Task CheckAsync(IEventStore source, RecordedEvent newest, CancellationToken ct)
    {
        if (await source.FindAsync(newest, ct) is not null) return;
        var first = await source.FirstOfAsync(newest.Stream, ct);
        if (first?.Revision > newest.Revision) return; // it has left the source since it was copied
        throw new CopyRefusedException(
            $"The target is neither empty nor an unfinished copy of the source: its newest event (in {newest.Stream}) is not in the source. Nothing was written.");
    }
}
