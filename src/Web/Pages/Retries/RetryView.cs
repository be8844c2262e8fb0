using EventEngine.Application.Retries;
using EventEngine.Domain.Retries;
using EventEngine.Web.Pages.Shared;

namespace EventEngine.Web.Pages.Retries;

/// <summary>How pages say what becomes of a retry and of its items.</summary>
public static class RetryView
{
    /// <summary>In the order in which they are shown; the second is how they fill the bar.</summary>
    private static readonly (RetryItemState State, string Fill)[] Parts =
    [
        (RetryItemState.Published, "fill-ok"), (RetryItemState.Accepted, "fill-1"), (RetryItemState.DeadLettered, "fill-bad"), (RetryItemState.Refused, "fill-3"),
        (RetryItemState.Unconfirmed, "fill-warn"), (RetryItemState.Unreachable, "fill-4"), (RetryItemState.Cancelled, "fill-4"), (RetryItemState.Sending, "fill-2"), (RetryItemState.Requested, "fill-line"),
    ];

    public static (string Word, string Tone) Of(RetryRow retry) => retry.State switch
    {
        RetryState.Requested => ("Waiting to start", "idle"),
        RetryState.Running => ("Running", "new"),
        RetryState.Paused => ("Paused", "bad"),
        RetryState.Offline => ("App offline", "warn"),
        RetryState.Stopping => ("Stopping", "warn"),
        _ when retry.Stopped == RetryStopCause.Cancelled => ("Cancelled", "idle"),
        _ when retry.Stopped == RetryStopCause.Unreachable => ("Given up", "bad"),
        _ when retry.Counts.Accepted > 0 => ("Waiting for reports", "new"),
        _ => ("Finished", retry.Counts.Failed == 0 ? "ok" : "warn"),
    };

    public static (string Word, string Tone) Of(RetryItemState state) => state switch
    {
        RetryItemState.Requested => ("Not sent yet", "idle"),
        RetryItemState.Sending => ("Sending", "new"),
        RetryItemState.Accepted => ("Accepted", "new"),
        RetryItemState.Refused => ("Refused", "bad"),
        RetryItemState.Unconfirmed => ("Unconfirmed", "warn"),
        RetryItemState.Unreachable => ("Never reached", "bad"),
        RetryItemState.Cancelled => ("Not sent", "idle"),
        RetryItemState.Published => ("Published", "ok"),
        _ => ("Dead-lettered again", "bad"),
    };

    /// <summary>What a state means, for who has not seen it before.</summary>
    public static string Explain(RetryItemState state) => state switch
    {
        RetryItemState.Requested => "will be sent",
        RetryItemState.Sending => "asked, and not answered yet",
        RetryItemState.Accepted => "the app agreed; waiting for its report",
        RetryItemState.Refused => "the app said no",
        RetryItemState.Unconfirmed => "may have arrived; never sent again by itself",
        RetryItemState.Unreachable => "given up without being sent",
        RetryItemState.Cancelled => "cancelled before it was sent",
        RetryItemState.Published => "the app reported it published since",
        _ => "the app reported it dead-lettered since",
    };

    /// <summary>As in addresses and in the API.</summary>
    public static string Wire(RetryItemState state) => state == RetryItemState.DeadLettered ? "dead_lettered" : state.ToString().ToLowerInvariant();

    /// <summary>The states that any item has, with how many.</summary>
    public static IEnumerable<(RetryItemState State, string Fill, int Count)> Shares(RetryCounts counts) =>
        Parts.Select(part => (part.State, part.Fill, Count: counts.Of(part.State))).Where(part => part.Count > 0);

    /// <summary>In hundredths; a part that exists is seen, however small.</summary>
    public static IEnumerable<(string Fill, double X, double Width)> Bar(RetryCounts counts)
    {
        const double least = 0.8;
        var widths = Shares(counts).Select(part => (part.Fill, Width: Math.Max(least, part.Count * 100.0 / counts.Items))).ToList();
        var (scale, x) = (100 / widths.Sum(part => part.Width), 0.0);
        foreach (var (fill, width) in widths)
        {
            yield return (fill, x, width * scale);
            x += width * scale;
        }
    }

    /// <summary>In one line: what happened so far.</summary>
    public static string Say(RetryCounts counts)
    {
        var sent = counts.Items - counts.Requested - counts.Cancelled - counts.Unreachable - counts.Sending;
        string?[] parts =
        [
            $"{Words.Count(sent)} of {Words.Count(counts.Items)} sent",
            counts.Published > 0 ? $"{Words.Count(counts.Published)} published" : null,
            counts.Accepted > 0 ? $"{Words.Count(counts.Accepted)} waiting for the app’s report" : null,
            counts.Failed > 0 ? $"{Words.Count(counts.Failed)} failed" : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }
}
