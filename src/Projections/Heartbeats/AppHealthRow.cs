using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Retention;

namespace EventEngine.Projections.Heartbeats;

/// <summary>
/// What is known of an app's health, folded from its batches and heartbeats in the order of the store. Old ones of both go: what remains must
/// say the same. So a heartbeat stands for all before it, and closed books for all batches before them.
/// </summary>
public sealed record AppHealthRow(Guid App)
{
    private const long Inertia = 8;

    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>
    /// Mean time between batches, in which the newest weighs an eighth: usual += (gap - usual) / 8, in whole milliseconds rounded toward zero,
    /// beginning with the first gap.
    /// </summary>
    public long? UsualGapMs { get; init; }

    public DateTimeOffset? LastHeartbeatAt { get; init; }

    public long Heartbeats { get; init; }

    public string? ReportedName { get; init; }

    public string? ReportedEnvironment { get; init; }

    /// <summary>As the last heartbeat said.</summary>
    public string? GemVersion { get; init; }

    /// <summary>As the last batch said that said any.</summary>
    public string? ReporterVersion { get; init; }

    public string? RubyVersion { get; init; }

    public string? RailsVersion { get; init; }

    public long? UptimeSeconds { get; init; }

    public static AppHealthRow After(AppHealthRow? row, Guid app, BatchReceived fact)
    {
        row ??= new AppHealthRow(app);
        return row with
        {
            LastSeenAt = Later(row.LastSeenAt, fact.At),
            UsualGapMs = UsualGap(row, fact.At),
            ReporterVersion = fact.ReporterVersion ?? row.ReporterVersion,
        };
    }

    /// <param name="revision">Of the heartbeat in its stream, which goes on counting when old ones are gone.</param>
    public static AppHealthRow After(AppHealthRow? row, Guid app, HeartbeatReceived fact, long revision) => (row ?? new AppHealthRow(app)) with
    {
        LastHeartbeatAt = Later(row?.LastHeartbeatAt, fact.At),
        Heartbeats = revision + 1,
        ReportedName = fact.AppName,
        ReportedEnvironment = fact.Environment,
        GemVersion = fact.GemVersion,
        RubyVersion = fact.RubyVersion,
        RailsVersion = fact.RailsVersion,
        UptimeSeconds = fact.UptimeSeconds,
    };

    /// <summary>Live, too: from here on both sides go on from the same, whether the batches before are still there or not.</summary>
    public static AppHealthRow After(AppHealthRow? row, Guid app, ClosedSigns signs) => (row ?? new AppHealthRow(app)) with
    {
        LastSeenAt = signs.LastSeenAt is { } seen ? Later(row?.LastSeenAt, seen) : row?.LastSeenAt,
        UsualGapMs = signs.UsualGapMs,
        ReporterVersion = signs.ReporterVersion,
    };

    // Two web nodes' clocks differ: a batch from before the last one is no gap.
    private static long? UsualGap(AppHealthRow row, DateTimeOffset at)
    {
        if (row.LastSeenAt is not { } last || at < last) return row.UsualGapMs;
        var gap = (at - last).Ticks / TimeSpan.TicksPerMillisecond;
        return row.UsualGapMs is { } usual ? usual + ((gap - usual) / Inertia) : gap;
    }

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } known && known >= b ? known : b;
}
