namespace EventEngine.Web.Pages.Shared;

/// <summary>What a page's charts cover: one of the usual ranges up to now, or the one that was zoomed to.</summary>
/// <param name="Name">1h, 6h, 24h, 7d; null for a custom one.</param>
public sealed record TimeRange(string? Name, DateTimeOffset From, DateTimeOffset To)
{
    public static IReadOnlyList<(string Name, TimeSpan Span, string Words)> Usual { get; } =
    [
        ("1h", TimeSpan.FromHours(1), "last hour"),
        ("6h", TimeSpan.FromHours(6), "last 6 hours"),
        ("24h", TimeSpan.FromHours(24), "last 24 hours"),
        ("7d", TimeSpan.FromDays(7), "last 7 days"),
    ];

    private static readonly TimeSpan Narrowest = TimeSpan.FromMinutes(5);

    public TimeSpan Span => To - From;

    public bool IsUpToNow => Name is not null;

    public string Words => Usual.FirstOrDefault(usual => usual.Name == Name).Words ?? "selected time";

    /// <summary>The range of the address's <c>range</c>, or <c>from</c> and <c>to</c>; the last hour when it has none that makes sense.</summary>
    public static TimeRange Read(IQueryCollection query, Viewer viewer)
    {
        if (viewer.ReadTime(query["from"]) is { } from && viewer.ReadTime(query["to"]) is { } to && to > from) return Custom(from, to);
        var usual = Usual.FirstOrDefault(range => range.Name == query["range"], Usual[0]);
        return new TimeRange(usual.Name, viewer.Now - usual.Span, viewer.Now);
    }

    private static TimeRange Custom(DateTimeOffset from, DateTimeOffset to)
    {
        var start = new DateTimeOffset(from.Ticks - (from.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return new TimeRange(null, start, to - start < Narrowest ? start + Narrowest : to);
    }
}
