using System.Collections.Concurrent;
using EventEngine.Application.EventStore;

namespace EventEngine.Application.Pipeline;

/// <summary>
/// Notices a projection that makes no progress though the store has gone on. One that is far behind and moves is slow, not stalled; one
/// that has stopped, or waits for its successor, says so itself.
/// </summary>
public sealed class StallWatch(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Stand> _stands = new(StringComparer.Ordinal);

    /// <summary>Those that have stood still for longer than our patience, as of the last look.</summary>
    public IReadOnlyList<Stall> Stalls =>
    [
        .. from stand in _stands
           let since = time.GetElapsedTime(stand.Value.Since)
           where since >= Patience
           orderby stand.Key
           select new Stall(stand.Key, stand.Value.Position, since),
    ];

    /// <param name="head">Of the store; null while it is empty.</param>
    public void Look(StorePosition? head, IEnumerable<ProjectionRow> projections)
    {
        foreach (var projection in projections)
        {
            if (head is null || projection.Position >= head || projection.State != "running")
                _stands.TryRemove(projection.Name, out _);
            else if (!_stands.TryGetValue(projection.Name, out var stand) || stand.Position != projection.Position)
                _stands[projection.Name] = new Stand(projection.Position, time.GetTimestamp());
        }
    }

    private sealed record Stand(StorePosition? Position, long Since);
}

/// <param name="Position">Where it stands; null: it has applied nothing yet.</param>
public sealed record Stall(string Projection, StorePosition? Position, TimeSpan For)
{
    public override string ToString() => $"{Projection} stands still at {Position?.ToString() ?? "the beginning"} for {(int)For.TotalMinutes} min";
}
