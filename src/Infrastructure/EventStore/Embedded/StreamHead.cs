using EventEngine.Application.EventStore;

namespace EventEngine.Infrastructure.EventStore.Embedded;

/// <summary>Where a stream stands, as of the head it was read at.</summary>
internal sealed class StreamHead(string name)
{
    private const int TrimSlack = 100;

    public string Name { get; } = name;

    /// <summary>0 until the stream has a row.</summary>
    public long StreamId { get; set; }

    public bool Tombstoned { get; init; }

    /// <summary>Revisions below it were deleted.</summary>
    public long TruncateBefore { get; init; }

    public long? MaxCount { get; init; }

    public bool HasMaxAge { get; init; }

    /// <summary>The last committed revision; -1 when none ever was.</summary>
    public long Last { get; set; } = -1;

    /// <summary>The last revision once the group now being planned is committed.</summary>
    public long Planned { get; set; } = -1;

    /// <summary>The revision that callers see: -1 when nothing is left.</summary>
    public long Visible => Planned < TruncateBefore ? -1 : Planned;

    private long TrimmedAt { get; set; } = -1;

    public bool Meets(ExpectedRevision expected)
    {
        if (expected == ExpectedRevision.Any) return true;
        return expected == ExpectedRevision.StreamExists ? Visible >= 0 : Visible == expected.Value;
    }

    /// <summary>Whether enough was appended since the last time to make trimming worth its while.</summary>
    public bool IsDueForTrim()
    {
        if (MaxCount is null && !HasMaxAge) return false;
        if (Last - TrimmedAt <= TrimSlack + (MaxCount ?? 0)) return false;
        TrimmedAt = Last;
        return true;
    }
}
