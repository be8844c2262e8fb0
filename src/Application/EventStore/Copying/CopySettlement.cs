namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// The last step, when nothing more is to be appended: limits, since a target that trims while it is filled could not be compared; and
/// the end of streams that were deleted while they were copied.
/// </summary>
internal sealed class CopySettlement(IEventStore target, CopiedStreams copied)
{
    public async Task RunAsync(CopyVerification verified, CancellationToken ct)
    {
        foreach (var (name, pair) in verified.Streams)
        {
            if (pair.First is null) await DeleteAsync(name, pair, ct);
            else if (pair.Limits != await target.ReadMetadataAsync(name, ct)) await target.SetMetadataAsync(name, pair.Limits, ct);
        }
    }

    /// <summary>A stream that the source does not know, and that was not copied in this run, may be somebody else's.</summary>
    public bool IsEnded(string stream, StreamPair pair) => pair.First is null && (pair.IsTombstoned || copied.Contains(stream));

    private async Task DeleteAsync(string name, StreamPair pair, CancellationToken ct)
    {
        if (!IsEnded(name, pair) || await target.IsTombstonedAsync(name, ct)) return;
        if (pair.IsTombstoned || pair.TargetFirst is not null) await target.DeleteStreamAsync(name, ExpectedRevision.Any, pair.IsTombstoned, ct);
    }
}
