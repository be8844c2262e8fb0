namespace EventEngine.Domain.Apps;

/// <summary>How an app is doing, as far as its own reports tell.</summary>
public enum AppHealth
{
    /// <summary>Nothing was ever received.</summary>
    Waiting,

    Healthy,

    /// <summary>No entries for longer than usual, while heartbeats, if it ever sent any, are on time.</summary>
    Quiet,

    /// <summary>Events have been in flight for too long, or a heartbeat is late.</summary>
    Lagging,

    /// <summary>Heartbeats have stopped.</summary>
    Missing,
}

/// <summary>What is known of an app; a time is null when there was none.</summary>
/// <param name="LastSeenAt">Last batch of entries.</param>
/// <param name="UsualGap">Mean time between batches.</param>
/// <param name="OldestInFlightAt">Own time of the oldest event that is neither published nor dead.</param>
public sealed record AppSigns(DateTimeOffset? LastSeenAt, TimeSpan? UsualGap, DateTimeOffset? LastHeartbeatAt, DateTimeOffset? OldestInFlightAt);

/// <summary>Where one state of health ends and the next begins. Silence is measured against what is usual for the app.</summary>
public sealed record HealthThresholds
{
    public static HealthThresholds Default { get; } = new();

    public TimeSpan InFlight { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan HeartbeatLate { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan HeartbeatMissing { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan ShortestQuiet { get; init; } = TimeSpan.FromMinutes(10);

    public double QuietGaps { get; init; } = 10;
}

public static class AppHealthRule
{
    /// <summary>The worst that the signs say. An app without heartbeats is judged by its entries alone and never missing.</summary>
    public static AppHealth Judge(AppSigns signs, HealthThresholds thresholds, DateTimeOffset now)
    {
        if (signs is { LastSeenAt: null, LastHeartbeatAt: null }) return AppHealth.Waiting;
        var heartbeatAge = now - signs.LastHeartbeatAt;
        if (heartbeatAge > thresholds.HeartbeatMissing) return AppHealth.Missing;
        if (heartbeatAge > thresholds.HeartbeatLate || now - signs.OldestInFlightAt > thresholds.InFlight) return AppHealth.Lagging;
        return now - signs.LastSeenAt > Silence(signs.UsualGap, thresholds) ? AppHealth.Quiet : AppHealth.Healthy;
    }

    private static TimeSpan Silence(TimeSpan? usualGap, HealthThresholds thresholds)
    {
        var usual = (usualGap ?? TimeSpan.Zero) * thresholds.QuietGaps;
        return usual > thresholds.ShortestQuiet ? usual : thresholds.ShortestQuiet;
    }
}
