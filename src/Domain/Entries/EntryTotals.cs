namespace EventEngine.Domain.Entries;

/// <summary>Events of an app by their current status, or a change of that.</summary>
public sealed class EntryTotals
{
    public long Events { get; private set; }

    public long Pending { get; private set; }

    public long Published { get; private set; }

    public long DeadLettered { get; private set; }

    public long LatencyCount { get; private set; }

    public long LatencySumUs { get; private set; }

    /// <param name="after">Null: it was forgotten.</param>
    public void Change(EventEntry? before, EventEntry? after)
    {
        if (before is not null) Add(before.State, -1);
        if (after is not null) Add(after.State, +1);
    }

    public void Add(long events, long pending, long published, long deadLettered, long latencyCount, long latencySumUs)
    {
        Events += events;
        Pending += pending;
        Published += published;
        DeadLettered += deadLettered;
        LatencyCount += latencyCount;
        LatencySumUs += latencySumUs;
    }

    private void Add(EntryState state, int sign)
    {
        Events += sign;
        if (state.Status == EntryStatus.Emitted) Pending += sign;
        else if (state.Status == EntryStatus.Published) Published += sign;
        else DeadLettered += sign;
        if (state.LatencyUs is not { } latency) return;
        LatencyCount += sign;
        LatencySumUs += sign * latency;
    }
}
