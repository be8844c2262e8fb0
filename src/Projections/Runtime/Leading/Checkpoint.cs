using EventEngine.Application.EventStore;

namespace EventEngine.Projections.Runtime.Leading;

/// <summary>How far a projection has come. Null: nothing applied yet.</summary>
public sealed record Checkpoint(StorePosition? Position, long Applied);
