namespace EventEngine.Application.EventStore.Copying;

/// <summary>One stream in both stores, as its readers see it there. First revisions are null where nothing is to be seen.</summary>
internal sealed record StreamPair(long? First, long Last, long? TargetFirst, long TargetLast, StreamMetadata Limits, bool IsTombstoned)
{
    /// <summary>Revisions that the source no longer shows are not copied, so that those of the copy are smaller.</summary>
    public bool IsRenumbered => First is not null && Last != TargetLast;

    private bool IsLimited => Limits.MaxAge is not null || Limits.MaxCount is not null;

    public bool Shows(RecordedEvent original) => original.Revision >= First;

    public bool HoldsCopy(RecordedEvent copy) => First is { } first && copy.Revision >= TargetLast - (Last - first);

    /// <summary>What the target shows beyond the copy; what the stream's limits will hide is no surplus.</summary>
    public bool IsSurplus(RecordedEvent copy) => !IsTombstoned && !IsLimited && copy.Revision >= TargetFirst && !HoldsCopy(copy);

    public static async Task<StreamPair> LoadAsync(IEventStore source, IEventStore target, string stream, CancellationToken ct)
    {
        var isTombstoned = await source.IsTombstonedAsync(stream, ct);
        return new StreamPair(
            (await source.FirstOfAsync(stream, ct))?.Revision,
            (await source.LastOfAsync(stream, ct))?.Revision ?? -1,
            (await target.FirstOfAsync(stream, ct))?.Revision,
            (await target.LastOfAsync(stream, ct))?.Revision ?? -1,
            isTombstoned ? new StreamMetadata() : await source.ReadMetadataAsync(stream, ct),
            isTombstoned);
    }
}
