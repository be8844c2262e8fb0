using EventEngine.Domain.Apps;

namespace EventEngine.Projections.Entries;

internal sealed class LedgerHour
{
    public long Received { get; set; }

    public long Stored { get; set; }

    public long Duplicate { get; set; }

    public long Rejected { get; set; }

    public long Refused { get; set; }
}

/// <summary>What a batch adds to the ledger, by app and hour of receipt.</summary>
internal sealed class LedgerChanges
{
    private readonly Dictionary<(AppId App, DateTimeOffset Hour), LedgerHour> _hours = [];

    public IReadOnlyDictionary<(AppId App, DateTimeOffset Hour), LedgerHour> Hours => _hours;

    public LedgerHour At(AppId app, DateTimeOffset receivedAt)
    {
        var key = (app, new DateTimeOffset(receivedAt.UtcTicks - (receivedAt.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero));
        if (!_hours.TryGetValue(key, out var hour)) _hours[key] = hour = new LedgerHour();
        return hour;
    }
}
