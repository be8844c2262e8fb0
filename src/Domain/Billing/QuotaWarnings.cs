using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Billing;

/// <summary>What an organization was told of its use of the plan in one month.</summary>
public sealed record QuotaWarnings
{
    /// <summary>Whoever took a warning on and has not queued it by then is taken for dead; another may write twice, but nobody is not told.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>In percent of the plan's events, the highest first.</summary>
    public static readonly ImmutableArray<int> Thresholds = [100, 80];

    public static QuotaWarnings Initial { get; } = new();

    private ImmutableDictionary<(int Percent, long Limit), DateTimeOffset> Taken { get; init; } = ImmutableDictionary<(int, long), DateTimeOffset>.Empty;

    private ImmutableHashSet<(int Percent, long Limit)> Queued { get; init; } = [];

    public static QuotaWarnings Evolve(QuotaWarnings state, IFact fact) => fact switch
    {
        QuotaWarned warned => state with { Taken = state.Taken.SetItem((warned.Percent, warned.Limit), warned.At) },
        QuotaWarningQueued queued => state with { Queued = state.Queued.Add((queued.Percent, queued.Limit)) },
        _ => state,
    };

    /// <returns>The threshold that was reached; null: none.</returns>
    public static int? Reached(long used, long limit) => Thresholds.Cast<int?>().FirstOrDefault(percent => used * 100 >= limit * percent);

    /// <summary>Takes on the highest warning that is due. A threshold is told of once, for as long as the plan's limit is the same.</summary>
    public IReadOnlyCollection<IFact> Warn(long used, long limit, DateTimeOffset at)
    {
        if (Reached(used, limit) is not { } percent) return [];
        if (Queued.Any(told => told.Limit == limit && told.Percent >= percent)) return [];
        if (Taken.TryGetValue((percent, limit), out var taken) && at - taken < Patience) return [];
        return [new QuotaWarned(at, percent, used, limit)];
    }

    public IReadOnlyCollection<IFact> Queue(int percent, long limit, DateTimeOffset at) =>
        Queued.Contains((percent, limit)) ? [] : [new QuotaWarningQueued(at, percent, limit)];
}
