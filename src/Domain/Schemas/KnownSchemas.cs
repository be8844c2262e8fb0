using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Schemas;

/// <summary>What an app was ever seen to use and to define, as far as it takes to tell what is new.</summary>
public sealed record KnownSchemas(
    ImmutableHashSet<(string EventName, string Fingerprint)> Fingerprints,
    ImmutableDictionary<(string EventName, int Version), KnownDefinition> Definitions,
    int DefinitionsReported)
{
    /// <summary>Far beyond what releases bring about: a client that sends random ones must not fill the store.</summary>
    public const int MaxFingerprints = 10_000, MaxDefinitions = 10_000;

    public static KnownSchemas Initial { get; } = new([], ImmutableDictionary<(string, int), KnownDefinition>.Empty, 0);

    public static KnownSchemas Evolve(KnownSchemas state, IFact fact) => fact switch
    {
        SchemaFingerprintSeen seen => state with { Fingerprints = state.Fingerprints.Add((seen.EventName, seen.Fingerprint)) },
        SchemaDefinitionReported reported => state.With(new ReportedDefinition(reported.Definition, reported.ReportedFingerprint)),
        _ => state,
    };

    /// <summary>Only what is new is worth saying; beyond <see cref="MaxFingerprints"/> nothing is.</summary>
    public IReadOnlyList<SchemaFingerprintSeen> See(IEnumerable<KeyValuePair<string, string>> fingerprints, DateTimeOffset at) =>
    [
        .. fingerprints
            .Where(pair => !Fingerprints.Contains((pair.Key, pair.Value)))
            .Distinct()
            .Take(MaxFingerprints - Math.Min(Fingerprints.Count, MaxFingerprints))
            .Select(pair => new SchemaFingerprintSeen(at, pair.Key, pair.Value)),
    ];

    /// <summary>
    /// The definitions that say something new. An upload that differs from what stands is a change, back to an older content, too. Heartbeats
    /// come from old and new processes at once while an app is deployed: of them only what was never seen is new.
    /// </summary>
    /// <exception cref="DomainException">The app has reported <see cref="MaxDefinitions"/> already.</exception>
    public IReadOnlyList<SchemaDefinitionReported> Report(IEnumerable<ReportedDefinition> definitions, DefinitionSource source, DateTimeOffset at)
    {
        var news = definitions.Where(definition => IsNew(definition, source)).ToArray();
        if (DefinitionsReported + news.Length > MaxDefinitions)
            throw new DomainException("too_many_definitions", $"An app may change its definitions {MaxDefinitions:N0} times in all; this would be beyond it.");
        return [.. news.Select(definition => new SchemaDefinitionReported(at, definition.Definition, definition.Fingerprint, source))];
    }

    private bool IsNew(ReportedDefinition reported, DefinitionSource source)
    {
        if (!Definitions.TryGetValue(reported.Key, out var known)) return true;
        return source == DefinitionSource.Upload ? known.Current != reported.Content : !known.Seen.Contains(reported.Content);
    }

    private KnownSchemas With(ReportedDefinition reported)
    {
        var seen = Definitions.TryGetValue(reported.Key, out var known) ? known.Seen : [];
        return this with
        {
            Definitions = Definitions.SetItem(reported.Key, new KnownDefinition(reported.Content, seen.Add(reported.Content))),
            DefinitionsReported = DefinitionsReported + 1,
        };
    }
}

/// <summary>The contents under one version, by digest.</summary>
public sealed record KnownDefinition(string Current, ImmutableHashSet<string> Seen);

/// <summary>A definition as it was reported.</summary>
/// <param name="Fingerprint">As the reporter computed it; null when it said none.</param>
public sealed record ReportedDefinition(SchemaDefinition Definition, string? Fingerprint)
{
    internal (string EventName, int Version) Key => (Definition.EventName, Definition.EventVersion);

    internal string Content => Definition.Digest() + Fingerprint;
}
