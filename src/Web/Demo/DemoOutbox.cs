using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace EventEngine.Web.Demo;

/// <summary>The outbox of one simulated app, as its callbacks see it: what was emitted, and what became of it when it was retried.</summary>
/// <param name="report">Hands an entry to the app's reporter, which sends it when its time has come.</param>
internal sealed class DemoOutbox(DemoTraffic traffic, Action<DemoEntry> report, TimeProvider time)
{
    private static readonly TimeSpan Publishing = TimeSpan.FromMilliseconds(1_500);
    private readonly ConcurrentDictionary<long, DateTimeOffset> _published = new();

    /// <returns>Null when there is no such event.</returns>
    public JsonObject? Payload(long id) => Find(id) is [var emitted, ..] ? DemoPayloads.Of(emitted.Json) : null;

    /// <summary>Most are published a moment later, some die again, a few are refused.</summary>
    public DemoRetry Retry(long id)
    {
        if (Find(id) is not [_, var ended]) return DemoRetry.Unknown;
        if ((string)ended.Json["status"]! == "published") return DemoRetry.Published(ended.At);
        if (_published.TryGetValue(id, out var at)) return DemoRetry.Published(at);
        if (IsHopeless(id)) return DemoRetry.Hopeless;
        var now = time.GetUtcNow();
        var again = (long)now.Second % 5 == 0 ? traffic.DiedAgain(ended, now + Publishing) : traffic.PublishedAfterAll(ended, now + Publishing);
        if ((string)again.Json["status"]! == "published") _published[id] = again.At;
        report(again);
        return DemoRetry.Accepted;
    }

    private static bool IsHopeless(long id) => id % 11 == 3;

    private IReadOnlyList<DemoEntry> Find(long id) => traffic.Find(id) is { Count: > 0 } found && found[0].At <= time.GetUtcNow() ? found : [];
}

/// <param name="Error">Null: accepted.</param>
internal sealed record DemoRetry(int Status, string? Error, string? Message)
{
    public static DemoRetry Accepted { get; } = new(StatusCodes.Status202Accepted, null, null);

    public static DemoRetry Unknown { get; } = new(StatusCodes.Status404NotFound, "not_found", "There is no such event in the outbox.");

    public static DemoRetry Hopeless { get; } = new(StatusCodes.Status422UnprocessableEntity, "obsolete", "What it tells of was deleted meanwhile: nobody needs it any more.");

    public static DemoRetry Published(DateTimeOffset at) => new(StatusCodes.Status409Conflict, "published", $"It was published at {at:HH:mm:ss} UTC.");
}
