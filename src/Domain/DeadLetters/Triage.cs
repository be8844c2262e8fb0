using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.DeadLetters;

/// <summary>What was decided of an app's groups of dead letters, each as it was decided last.</summary>
public sealed record Triage(ImmutableDictionary<ErrorFingerprint, IFact> Decided)
{
    /// <summary>Beyond it nobody means a number.</summary>
    public const int MostMore = 1_000_000;

    private static readonly TimeSpan LongestIgnored = TimeSpan.FromDays(366);

    public static Triage Initial { get; } = new(ImmutableDictionary<ErrorFingerprint, IFact>.Empty);

    public static Triage Evolve(Triage state, IFact fact) => fact switch
    {
        ErrorGroupResolved { Fingerprint: var group } => state.With(group, fact),
        ErrorGroupIgnored { Fingerprint: var group } => state.With(group, fact),
        ErrorGroupReopened { Fingerprint: var group } => state.With(group, fact),
        _ => state,
    };

    /// <param name="lastDeathAt">Of the group: what died after it was resolved makes resolving it again news.</param>
    public IReadOnlyCollection<IFact> Resolve(ErrorFingerprint group, DateTimeOffset lastDeathAt, Guid? by, DateTimeOffset at) =>
        Decided.GetValueOrDefault(group) is ErrorGroupResolved resolved && lastDeathAt <= resolved.At ? [] : [new ErrorGroupResolved(at, group.ToString(), by)];

    /// <exception cref="DomainException">The time has passed or is too far away, or the number is none.</exception>
    public IReadOnlyCollection<IFact> Ignore(ErrorFingerprint group, DateTimeOffset? until, int? more, Guid? by, DateTimeOffset at)
    {
        if (until <= at || until - at > LongestIgnored) throw new DomainException("bad_until", "A group is ignored until a time from now on, at most 366 days away.");
        if (more is < 1 or > MostMore) throw new DomainException("bad_more", $"A group is ignored until 1 to {MostMore:N0} more events have died.");
        var now = new ErrorGroupIgnored(at, group.ToString(), by, until, more);
        return Decided.GetValueOrDefault(group) is ErrorGroupIgnored before && before with { At = at, By = by } == now && more is null ? [] : [now];
    }

    /// <summary>A group that nothing was decided of is open as it is.</summary>
    public IReadOnlyCollection<IFact> Reopen(ErrorFingerprint group, Guid? by, DateTimeOffset at) =>
        Decided.GetValueOrDefault(group) is null or ErrorGroupReopened ? [] : [new ErrorGroupReopened(at, group.ToString(), by)];

    private Triage With(string group, IFact fact) => ErrorFingerprint.Parse(group) is { } fingerprint ? new(Decided.SetItem(fingerprint, fact)) : this;
}
