using System.Diagnostics;

namespace EventEngine.Infrastructure.EventStore;

/// <summary>Spans of the event store. They carry names and counts, never what an event says.</summary>
internal static class StoreTraces
{
    private const int MostLinks = 100;
    private static readonly ActivitySource Source = new("EventEngine.EventStore");

    public static Activity? Append(string stream, int events) =>
        Source.StartActivity("store append")?.SetTag("eventengine.stream", stream).SetTag("eventengine.events", events);

    /// <summary>What appends of many requests have in common: a trace of its own, linked to theirs.</summary>
    public static Activity? Commit(IEnumerable<ActivityContext> senders)
    {
        if (!Source.HasListeners()) return null;
        var links = senders.Where(sender => sender != default).Take(MostLinks).Select(sender => new ActivityLink(sender));
        return Source.StartActivity("store commit", ActivityKind.Internal, parentContext: default, links: links);
    }

    public static void Failed(this Activity? span, Exception reason) => span?.SetStatus(ActivityStatusCode.Error, reason.Message);
}
