using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Entries;

/// <summary>One cell of a chart: an app's events of one name in one minute (or hour), booked on the day of receipt.</summary>
public readonly record struct RollupKey(AppId App, DateTimeOffset From, string EventName, DateOnly ReceivedOn);

/// <summary>Counts of one cell, or changes to them: then they may be negative.</summary>
public sealed class RollupCounters
{
    public long Events { get; private set; }

    public long Emitted { get; private set; }

    public long Published { get; private set; }

    public long DeadLettered { get; private set; }

    public long LatencyCount { get; private set; }

    public long LatencySumUs { get; private set; }

    public LatencySketch Sketch { get; } = new();

    public bool IsNothing => (Events | Emitted | Published | DeadLettered | LatencyCount | LatencySumUs) == 0 && Sketch.IsEmpty;

    public void AddEvent(int sign) => Events += sign;

    public void AddTransition(EntryStatus status, int sign)
    {
        if (status == EntryStatus.Emitted) Emitted += sign;
        else if (status == EntryStatus.Published) Published += sign;
        else DeadLettered += sign;
    }

    public void AddLatency(long us, int sign)
    {
        LatencyCount += sign;
        LatencySumUs += sign * us;
        if (sign > 0) Sketch.Add(us);
        else Sketch.Remove(us);
    }

    public void Add(RollupCounters other)
    {
        Events += other.Events;
        Emitted += other.Emitted;
        Published += other.Published;
        DeadLettered += other.DeadLettered;
        LatencyCount += other.LatencyCount;
        LatencySumUs += other.LatencySumUs;
        Sketch.Merge(other.Sketch);
    }
}

/// <summary>
/// What entries change in the charts: the difference between an event's old and new contribution, each booked on its days of receipt.
/// A correction thereby takes away where it counted before and adds where it counts now.
/// </summary>
public sealed class Rollups
{
    /// <summary>Stands for all event names: no event has an empty one.</summary>
    public const string WholeApp = "";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Dictionary<RollupKey, RollupCounters> _minutes = [];

    public IReadOnlyDictionary<RollupKey, RollupCounters> Minutes => _minutes;

    /// <param name="after">Null: nothing is left of it.</param>
    public void Change(AppId app, EventByDay? before, EventByDay? after)
    {
        foreach (var (day, _) in after?.Days ?? []) Change(app, day, before?.CountedOn(day), after!.CountedOn(day));
        foreach (var (day, _) in before?.Days ?? [])
            if (after?.On(day) is null) Change(app, day, before!.CountedOn(day), null);
    }

    public Dictionary<RollupKey, RollupCounters> Hours()
    {
        var hours = new Dictionary<RollupKey, RollupCounters>();
        foreach (var (key, counters) in _minutes) At(hours, key with { From = Floor(key.From, Hour) }).Add(counters);
        return hours;
    }

    /// <summary>
    /// The same cells once more without their event names, one series for the whole app: a chart of an app reads one row a minute, not one
    /// for each of its event names.
    /// </summary>
    public static Dictionary<RollupKey, RollupCounters> WholeApps(IReadOnlyDictionary<RollupKey, RollupCounters> cells)
    {
        var whole = new Dictionary<RollupKey, RollupCounters>();
        foreach (var (key, counters) in cells) At(whole, key with { EventName = WholeApp }).Add(counters);
        return whole;
    }

    private static RollupCounters At(Dictionary<RollupKey, RollupCounters> cells, RollupKey key)
    {
        if (!cells.TryGetValue(key, out var counters)) cells[key] = counters = new RollupCounters();
        return counters;
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan step) => new(time.UtcTicks - (time.UtcTicks % step.Ticks), TimeSpan.Zero);

    private void Change(AppId app, DateOnly day, CountedDay? before, CountedDay? after)
    {
        if (before == after) return;
        if (before is { } was) Book(app, day, was, -1);
        if (after is { } now) Book(app, day, now, +1);
    }

    private void Book(AppId app, DateOnly day, CountedDay counted, int sign)
    {
        if (counted.Yesterday is { } known) Book(app, day, known, -sign);
        Book(app, day, counted.Today, sign);
    }

    private void Book(AppId app, DateOnly day, EventEntry entry, int sign)
    {
        var state = entry.State;
        At(state.At).AddEvent(sign);
        foreach (var transition in state.Transitions) At(transition.EffectiveAt).AddTransition(transition.Status, sign);
        if (state is { LatencyUs: { } latency, LatencyCountedAt: { } at }) At(at).AddLatency(latency, sign);

        RollupCounters At(DateTimeOffset time) => Rollups.At(_minutes, new RollupKey(app, Floor(time, Minute), entry.EventName, day));
    }
}
