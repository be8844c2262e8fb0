using EventEngine.Application.Entries;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;

namespace EventEngine.Web.Pages.Shared;

/// <summary>How pages say numbers, times and states; the scripts use the same words (Assets/time.ts).</summary>
public static class Words
{
    public const string Nothing = "–";

    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } gap => $"{gap.Seconds} s ago",
        { TotalHours: < 1 } gap => $"{gap.Minutes} min ago",
        { TotalDays: < 1 } gap => $"{gap.Hours} h ago",
        var gap => $"{gap.Days:N0} d ago",
    };

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1000 } => $"{span.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => $"{span.TotalSeconds:0.#} s",
        { TotalHours: < 1 } => $"{span.Minutes} min",
        { TotalDays: < 1 } => $"{span.Hours} h",
        _ => $"{span.Days} d",
    };

    public static string Count(long count) => count.ToString("N0");

    /// <summary>Milliseconds with their unit, seconds from 1,000 on.</summary>
    public static string Ms(double? ms) => ms is { } value ? $"{MsNumber(value)} {MsUnit(value)}" : Nothing;

    public static string MsNumber(double ms) => ms switch
    {
        < 10 => ms.ToString("0.#"),
        < 1000 => ms.ToString("0"),
        < 100_000 => (ms / 1000).ToString("0.0#"),
        _ => (ms / 1000).ToString("N0"),
    };

    public static string MsUnit(double ms) => ms < 1000 ? "ms" : "s";

    public static string Percent(double? share) => share is { } value ? $"{value * 100:0.00} %" : Nothing;

    public static string Rate(double perMinute) => perMinute < 10 ? perMinute.ToString("0.#") : perMinute.ToString("N0");

    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    public static string Needs(Permission permission) =>
        $"Needs the role {Of(permission.RoleNeeded())}{(permission.RoleNeeded() == Role.Owner ? "" : " or above")}";

    public static string Of(AppHealth health) => health switch
    {
        AppHealth.Waiting => "Waiting",
        AppHealth.Healthy => "Healthy",
        AppHealth.Quiet => "Quiet",
        AppHealth.Lagging => "Lagging",
        _ => "No heartbeat",
    };

    public static string Tone(AppHealth health) => health switch
    {
        AppHealth.Waiting => "idle",
        AppHealth.Healthy => "ok",
        AppHealth.Missing => "bad",
        _ => "warn",
    };

    public static string Of(EntryStatus status) => status switch
    {
        EntryStatus.Emitted => "Emitted",
        EntryStatus.Published => "Published",
        _ => "Dead-lettered",
    };

    public static string Tone(EntryStatus status) => status switch
    {
        EntryStatus.Emitted => "idle",
        EntryStatus.Published => "ok",
        _ => "bad",
    };

    /// <summary>As on the wire and in addresses.</summary>
    public static string Wire(EntryStatus status) => status switch
    {
        EntryStatus.Emitted => "emitted",
        EntryStatus.Published => "published",
        _ => "dead_lettered",
    };

    public static string Of(GroupState state) => state.ToString();

    public static string Tone(GroupState state) => state switch
    {
        GroupState.New => "new",
        GroupState.Ongoing => "bad",
        GroupState.Regressed => "warn",
        GroupState.Resolved => "ok",
        _ => "idle",
    };

    /// <summary>As the address names them; null for what it does not.</summary>
    public static string? OfGroupFilter(string? state) => state switch
    {
        "open" => "Open",
        "all" => "All",
        _ => Enum.TryParse<GroupState>(state, ignoreCase: true, out var known) ? Of(known) : null,
    };

    /// <summary>In a sentence that ends with when and by whom.</summary>
    public static string Of(DecidedGroup decided, Viewer viewer) => decided switch
    {
        { Decision: GroupDecision.Resolved } => "resolved",
        { Decision: GroupDecision.Reopened } => "reopened",
        { Until: { } until } => $"ignored until {viewer.Local(until):d MMM HH:mm}, decided",
        { More: { } more } => $"ignored until {Count(more)} more died, decided",
        _ => "ignored until reopened, decided",
    };

    /// <summary>A count that may have stopped.</summary>
    public static string AtMost(EventCount count, string one, string many) => count.IsExact ? Plural(count.Count, one, many) : $"{Count(count.Count)}+ {many}";

    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
