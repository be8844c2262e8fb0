using System.Collections.Immutable;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Schemas;

/// <summary>The definitions that stand in an app, by event name and version.</summary>
public sealed record DefinedSchemas(ImmutableDictionary<string, ImmutableSortedDictionary<int, SchemaDefinition>> ByName)
{
    public static DefinedSchemas Initial { get; } = new(ImmutableDictionary<string, ImmutableSortedDictionary<int, SchemaDefinition>>.Empty);

    public static DefinedSchemas Evolve(DefinedSchemas state, IFact fact) =>
        fact is SchemaDefinitionReported reported ? state.With(reported.Definition) : state;

    public SchemaDefinition? Find(string eventName, int version) =>
        ByName.TryGetValue(eventName, out var versions) && versions.TryGetValue(version, out var definition) ? definition : null;

    /// <summary>What a definition is held against: the versions before it, and what stood under its own number.</summary>
    public IEnumerable<SchemaDefinition> Before(SchemaDefinition candidate) =>
        ByName.TryGetValue(candidate.EventName, out var versions)
            ? versions.Values.Where(each => each.EventVersion < candidate.EventVersion || (each.EventVersion == candidate.EventVersion && each != candidate))
            : [];

    public DefinedSchemas With(SchemaDefinition definition)
    {
        var versions = ByName.GetValueOrDefault(definition.EventName) ?? ImmutableSortedDictionary<int, SchemaDefinition>.Empty;
        return new DefinedSchemas(ByName.SetItem(definition.EventName, versions.SetItem(definition.EventVersion, definition)));
    }
}
