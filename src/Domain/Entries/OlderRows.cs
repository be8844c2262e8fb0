using EventEngine.Domain.Ingestion;

namespace EventEngine.Domain.Entries;

/// <summary>Whether a row from before yesterday can be meant: most entries are of events that began just now, and need no search there.</summary>
public static class OlderRows
{
    public static bool MayHave(EntryReported entry)
    {
        if (entry.Status != EntryStatus.Emitted && entry.OccurredAt is null) return true;
        var earliest = entry.OccurredAt is { } occurred && occurred < entry.Timestamp ? occurred : entry.Timestamp;
        return earliest.UtcDateTime < entry.At.UtcDateTime.Date.AddDays(-1);
    }
}
