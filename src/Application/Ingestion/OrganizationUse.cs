using EventEngine.Domain.Organizations;

namespace EventEngine.Application.Ingestion;

internal enum QuotaVerdict
{
    Taken,
    Refused,

    /// <summary>What is known does not suffice: it must be read.</summary>
    Unsure,
}

/// <summary>
/// What this process knows of an organization's month: the events that the read model had counted, and the entries taken since, each of
/// which may be an event.
/// </summary>
internal sealed class OrganizationUse
{
    /// <summary>What we have taken since the last reading, others may have taken too: this many processes under even load stay within the plan.</summary>
    private const int Processes = 4;

    private readonly Lock _guard = new();
    private Month _month;
    private bool _isKnown;
    private long _known, _taken, _underWay;

    /// <summary>One reading at a time.</summary>
    public SemaphoreSlim Reading { get; } = new(1);

    /// <summary>Timestamp of the last reading.</summary>
    public long ReadAt { get; private set; }

    /// <summary>Until this timestamp the read model is known to be late: nobody waits for it again.</summary>
    public long LateUntil { get; set; }

    /// <summary>Whether entries were taken whose fate is open.</summary>
    public bool IsUnderWay => Interlocked.Read(ref _underWay) > 0;

    public QuotaVerdict Judge(Month month, long limit, int entries)
    {
        lock (_guard)
        {
            if (month != _month) (_month, _isKnown, _known, _taken) = (month, false, 0, 0);
            if (_isKnown && _known >= limit) return QuotaVerdict.Refused;
            if (!_isKnown || _known + (Processes * (_taken + _underWay)) >= limit) return QuotaVerdict.Unsure;
            _underWay += entries;
            return QuotaVerdict.Taken;
        }
    }

    /// <summary>In doubt an entry is kept.</summary>
    public void TakeUnjudged(int entries)
    {
        lock (_guard) _underWay += entries;
    }

    /// <summary>They are in the store, or never will be.</summary>
    public void Settle(int entries)
    {
        lock (_guard) (_underWay, _taken) = (_underWay - entries, _taken + entries);
    }

    public bool IsKnown(Month month)
    {
        lock (_guard) return _isKnown && month == _month;
    }

    /// <returns>Entries that are in the store by now: a reading that passes its head has counted them.</returns>
    public long Taken()
    {
        lock (_guard) return _taken;
    }

    /// <param name="counted">Of those taken, how many the reading is sure to have counted.</param>
    public void Learn(Month month, long known, long counted, long now)
    {
        lock (_guard)
        {
            ReadAt = now;
            if (month != _month) return;
            (_isKnown, _known, _taken) = (true, known, Math.Max(0, _taken - counted));
        }
    }
}
