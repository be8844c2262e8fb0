namespace EventEngine.Application.EventStore.Copying;

/// <summary>
/// Whoever keeps positions of the store beyond a restart. After a copy they have to become positions of the target: a reactor that began
/// anew would send again what it has sent.
/// </summary>
public interface IKeptCheckpoints
{
    /// <summary>Those that are not yet positions of <paramref name="store"/>.</summary>
    Task<IReadOnlyList<KeptCheckpoint>> ReadAsync(string store, CancellationToken ct);

    /// <summary>Moves all or none. Nobody may run on the old ones any more: whoever still does is cut off.</summary>
    /// <exception cref="InvalidOperationException">One of them has advanced meanwhile.</exception>
    Task MoveAsync(string store, IReadOnlyList<MovedCheckpoint> moves, CancellationToken ct);
}

public sealed record KeptCheckpoint(string Name, StorePosition Position);

/// <summary>A checkpoint and its place in the target; null when nothing before it is left, so that it begins anew.</summary>
public sealed record MovedCheckpoint(KeptCheckpoint From, StorePosition? To);
