namespace EventEngine.Application.EventStore.Copying;

/// <summary>Finds the place of a source's position in the target: the same events lie behind it, and the same ones follow.</summary>
public sealed class CheckpointMove(IEventStore source, IEventStore target)
{
    /// <param name="kept">Whose checkpoints.</param>
    /// <param name="store">The target's name, kept beside them: moved once, they are not moved again.</param>
    public async Task<IReadOnlyList<MovedCheckpoint>> RunAsync(IKeptCheckpoints kept, string store, CancellationToken ct)
    {
        var moves = new List<MovedCheckpoint>();
        foreach (var checkpoint in await kept.ReadAsync(store, ct))
            moves.Add(new MovedCheckpoint(checkpoint, await PlaceOfAsync(checkpoint.Position, ct)));
        await kept.MoveAsync(store, moves, ct);
        return moves;
    }

    /// <summary>Null: nothing of what lies before is in the target.</summary>
    public async Task<StorePosition?> PlaceOfAsync(StorePosition position, CancellationToken ct)
    {
        StorePosition? next = null; // a checkpoint may stand between events; the first beyond it is a place to read back from
        await foreach (var recorded in source.ReadAllAsync(from: position, limit: 1, ct: ct)) next = recorded.Position;
        await foreach (var recorded in source.ReadAllAsync(ReadDirection.Backwards, next, ct: ct))
        {
            if (await target.FindCopyAsync(recorded, ct) is { } copy) return copy.Position;
        }

        return null;
    }
}
