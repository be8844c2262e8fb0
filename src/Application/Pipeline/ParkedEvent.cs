using EventEngine.Application.EventStore;

namespace EventEngine.Application.Pipeline;

/// <summary>An event that a projection passes over, now or formerly.</summary>
/// <param name="Error">Why it could not be applied.</param>
/// <param name="Reason">Why it was parked, in the operator's words.</param>
/// <param name="UnparkedAt">When tables that hold it came in; null: it is still parked.</param>
public sealed record ParkedEvent(
    string Projection, PoisonEvent Event, string Error, string Reason, string ParkedBy, DateTimeOffset ParkedAt, string? UnparkedBy, DateTimeOffset? UnparkedAt)
{
    public bool IsParked => UnparkedAt is null;

    public StorePosition Position => Event.Position;
}
