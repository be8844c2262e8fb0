using System.Collections.Concurrent;
using EventEngine.Application.EventStore;

namespace EventEngine.Application.Pipeline;

/// <summary>
/// Notices a projection or subscription that makes no progress though the store has gone on. One that is far behind and moves is slow, not
/// stalled; one that has stopped, or waits for its successor, says so itself.
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
           select new Stall(stand.Key, stand.Value.Progress, since),
    ];

    /// <summary>Since when, by the clock; null: it is not stalled.</summary>
    public DateTimeOffset? StalledSince(string name) => Stalls.FirstOrDefault(stall => stall.Name == name) is { } stall ? time.GetUtcNow() - stall.For : null;

    /// <param name="head">Of the store; null while it is empty.</param>
    public void Look(StorePosition? head, IEnumerable<ProjectionRow> projections)
    {
        foreach (var projection in projections)
            Look(projection.Name, projection.Position?.ToString(), head is not null && projection.State == "running" && !(projection.Position >= head));
    }

    /// <param name="progress">Where it stands; null: it has not begun.</param>
    /// <param name="isBehind">There is something that it has not seen.</param>
    public void Look(string name, string? progress, bool isBehind)
    {
        if (!isBehind)
            _stands.TryRemove(name, out _);
        else if (!_stands.TryGetValue(name, out var stand) || stand.Progress != progress)
            _stands[name] = new Stand(progress, time.GetTimestamp());
    }

    private sealed record Stand(string? Progress, long Since);
}

/// <param name="Progress">Where it stands; null: it has not begun.</param>
public sealed record Stall(string Name, string? Progress, TimeSpan For)
{
    public override string ToString() => $"{Name} stands still at {Progress ?? "the beginning"} for {(int)For.TotalMinutes} min";
}
