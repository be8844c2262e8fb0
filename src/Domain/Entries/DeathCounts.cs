using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;

namespace EventEngine.Domain.Entries;

/// <summary>Events that ever were dead-lettered, by what they died of and the hour of their latest death: what their rows add up to.</summary>
public sealed class DeathCounts
{
    private readonly Dictionary<DeathKey, (long Dead, long Ever)> _cells = [];

    /// <summary>Without those that did not change after all.</summary>
    public IEnumerable<(DeathKey Key, long Dead, long Ever)> Changed =>
        from cell in _cells where cell.Value != (0, 0) select (cell.Key, cell.Value.Dead, cell.Value.Ever);

    public void Change(AppId app, EventByDay? before, EventByDay after)
    {
        if (before is not null) Add(app, before, -1);
        Add(app, after, +1);
    }

    private void Add(AppId app, EventByDay life, int sign)
    {
        var state = life.Whole.State;
        if (state is not { DeadLetteredAt: { } at, Fingerprint: { } fingerprint }) return;
        var hour = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var key = new DeathKey(app, fingerprint, life.Whole.EventName, life.Whole.EventVersion, hour, life.LastDay);
        var (dead, ever) = _cells.GetValueOrDefault(key);
        _cells[key] = (state.Status == EntryStatus.DeadLettered ? dead + sign : dead, ever + sign);
    }
}

/// <param name="ReceivedOn">The day of the last receipt, with which the event goes.</param>
public readonly record struct DeathKey(AppId App, ErrorFingerprint Fingerprint, string EventName, int? EventVersion, DateTimeOffset Hour, DateOnly ReceivedOn);
