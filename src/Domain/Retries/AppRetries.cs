using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Retries;

/// <summary>What was asked of an app's retries. Two that are asked for at once follow each other, so that no event is in both.</summary>
public sealed record AppRetries
{
    public static AppRetries Initial { get; } = new();

    public ImmutableHashSet<Guid> Known { get; private init; } = [];

    public static AppRetries Evolve(AppRetries state, IFact fact) =>
        fact is RetryRequested requested ? state with { Known = state.Known.Add(requested.RetryId) } : state;
}
