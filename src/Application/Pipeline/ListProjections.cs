using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using MediatR;

namespace EventEngine.Application.Pipeline;

/// <summary>Where each projection stands against the head of the store.</summary>
public sealed record ListProjections : IRequest<Answer<PipelineState>>;

/// <param name="Head">Position of the last event in the store; null while it is empty.</param>
public sealed record PipelineState(StorePosition? Head, IReadOnlyList<ProjectionRow> Projections);

/// <param name="LagEvents">Events between it and the head; null where the store's positions don't count events.</param>
/// <param name="LagMs">For how long the oldest event beyond it has been waiting.</param>
/// <param name="EventsPerSecond">Applied lately, as measured by this process; null before a second measurement.</param>
/// <param name="State">running or stopped; a stopped one says why and where.</param>
public sealed record ProjectionRow(
    string Name,
    int Version,
    StorePosition? Position,
    DateTimeOffset? EventAt,
    DateTimeOffset UpdatedAt,
    long Applied,
    long? LagEvents,
    long LagMs,
    double? EventsPerSecond,
    string State,
    string? Error,
    string? ErrorPosition);
