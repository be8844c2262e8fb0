using EventEngine.Application.Entries;

namespace EventEngine.Web.Pages.Shared;

/// <summary>A ledger to show, with the time it covers and where its rejected entries are listed.</summary>
public sealed record LedgerView(Ledger Ledger, string Covers, string? RejectedAt)
{
    public bool IsEmpty => Ledger.Received == 0 && Ledger.Unexplained == 0;

    /// <summary>Parts of the bar in hundredths; a part that exists is seen, however small.</summary>
    public IReadOnlyList<(string Fill, double X, double Width)> Bar()
    {
        (string Fill, long Count)[] parts = [("fill-1", Ledger.Stored), ("fill-2", Ledger.Duplicate), ("fill-3", Ledger.Rejected), ("fill-4", Ledger.Refused), ("fill-bad", Math.Abs(Ledger.Unexplained))];
        var whole = parts.Sum(part => part.Count);
        if (whole == 0) return [];
        const double least = 1.2;
        var widths = parts.Where(part => part.Count > 0).Select(part => (part.Fill, Width: Math.Max(least, part.Count * 100.0 / whole))).ToList();
        var scale = 100 / widths.Sum(part => part.Width);
        var x = 0.0;
        return [.. widths.Select(part => (part.Fill, x += part.Width * scale, part.Width * scale)).Select(part => (part.Fill, part.Item2 - part.Item3, part.Item3))];
    }
}
