using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;

namespace EventEngine.Projections.Heartbeats;

/// <summary>What is known of an app's health, folded from its batches and heartbeats in the order of the store.</summary>
public sealed record AppHealthRow(Guid App, DateTimeOffset FirstSeenAt)
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

    /// <summary>As heartbeats say; of an app that sends none, as its requests say.</summary>
    public string? GemVersion { get; init; }

    public string? RubyVersion { get; init; }

    public string? RailsVersion { get; init; }

    public long? UptimeSeconds { get; init; }

    public static AppHealthRow After(AppHealthRow? row, Guid app, BatchReceived fact)
    {
        row ??= new AppHealthRow(app, fact.At);
        return row with
        {
            FirstSeenAt = Earlier(row.FirstSeenAt, fact.At),
            LastSeenAt = Later(row.LastSeenAt, fact.At),
            UsualGapMs = UsualGap(row, fact.At),
            GemVersion = row is { Heartbeats: > 0, GemVersion: not null } ? row.GemVersion : fact.ReporterVersion ?? row.GemVersion,
        };
    }

    public static AppHealthRow After(AppHealthRow? row, Guid app, HeartbeatReceived fact)
    {
        row ??= new AppHealthRow(app, fact.At);
        return row with
        {
            FirstSeenAt = Earlier(row.FirstSeenAt, fact.At),
            LastHeartbeatAt = Later(row.LastHeartbeatAt, fact.At),
            Heartbeats = row.Heartbeats + 1,
            ReportedName = fact.AppName ?? row.ReportedName,
            ReportedEnvironment = fact.Environment ?? row.ReportedEnvironment,
            GemVersion = fact.GemVersion ?? row.GemVersion,
            RubyVersion = fact.RubyVersion ?? row.RubyVersion,
            RailsVersion = fact.RailsVersion ?? row.RailsVersion,
            UptimeSeconds = fact.UptimeSeconds ?? row.UptimeSeconds,
        };
    }

    // Two web nodes' clocks differ: a batch from before the last one is no gap.
    private static long? UsualGap(AppHealthRow row, DateTimeOffset at)
    {
        if (row.LastSeenAt is not { } last || at < last) return row.UsualGapMs;
        var gap = (at - last).Ticks / TimeSpan.TicksPerMillisecond;
        return row.UsualGapMs is { } usual ? usual + ((gap - usual) / Inertia) : gap;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a <= b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } known && known >= b ? known : b;
}
