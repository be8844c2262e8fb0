using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Schemas;

/// <summary>The schema fingerprints that an app was ever seen to use.</summary>
public sealed record KnownFingerprints(ImmutableHashSet<(string EventName, string Fingerprint)> Seen)
{
    /// <summary>Far beyond what releases bring about: a client that sends random fingerprints must not fill the store.</summary>
    public const int Max = 10_000;

    public static KnownFingerprints Initial { get; } = new([]);

    public static KnownFingerprints Evolve(KnownFingerprints state, IFact fact) => fact switch
    {
        SchemaFingerprintSeen seen => new(state.Seen.Add((seen.EventName, seen.Fingerprint))),
        _ => state,
    };

    /// <summary>Only what is new is worth saying; beyond <see cref="Max"/> nothing is.</summary>
    public IReadOnlyList<SchemaFingerprintSeen> See(IEnumerable<KeyValuePair<string, string>> fingerprints, DateTimeOffset at) =>
    [
        .. fingerprints
            .Where(pair => !Seen.Contains((pair.Key, pair.Value)))
            .Distinct()
            .Take(Max - Math.Min(Seen.Count, Max))
            .Select(pair => new SchemaFingerprintSeen(at, pair.Key, pair.Value)),
    ];
}
