using EventEngine.Application.EventStore;

namespace EventEngine.Application.Shared;

/// <summary>What a query answers, and how fresh it is.</summary>
public sealed record Answer<T>(T Value, AsOf AsOf);

/// <summary>
/// The store position that the read models had reached, the own time of the event there (null: nothing yet),
/// and for how long the oldest event beyond it has been waiting; 0 when there is none.
/// </summary>
public sealed record AsOf(StorePosition? Position, DateTimeOffset? At, long LagMs);
