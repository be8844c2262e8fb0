using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <param name="Schemas">As they were sent, by name and version.</param>
/// <param name="Position">Where it was written; null when nothing was new, or nothing was to be written.</param>
public sealed record SchemaUpload(IReadOnlyList<UploadedSchema> Schemas, StorePosition? Position = null)
{
    /// <summary>Whether everything that is new keeps to the modes of its events.</summary>
    public bool IsCompatible => Schemas.All(schema => schema.Verdict?.IsCompatible != false);

    /// <summary>Versions are judged one after the other, each with those before it in the same upload.</summary>
    internal static SchemaUpload Of(IEnumerable<ReportedDefinition> definitions, DefinedSchemas standing, App app)
    {
        var (schemas, after) = (new List<UploadedSchema>(), standing);
        foreach (var reported in definitions.OrderBy(each => each.Definition.EventName, StringComparer.Ordinal).ThenBy(each => each.Definition.EventVersion))
        {
            schemas.Add(Describe(reported, standing, after, app));
            after = after.With(reported.Definition);
        }

        return new SchemaUpload(schemas);
    }

    // An event that was never defined here brings its history along: that can't be mended any more, and is not judged.
    private static UploadedSchema Describe(ReportedDefinition reported, DefinedSchemas standing, DefinedSchemas after, App app)
    {
        var definition = reported.Definition;
        var current = standing.Find(definition.EventName, definition.EventVersion);
        var state = current is null ? UploadState.New : current == definition ? UploadState.Unchanged : UploadState.Changed;
        var verdict = state == UploadState.Unchanged || !standing.ByName.ContainsKey(definition.EventName)
            ? null
            : Compatibility.Judge(app.ModeOf(definition.EventName), after.Before(definition), definition);
        return new UploadedSchema(definition, reported.Fingerprint, state, verdict);
    }
}

/// <param name="ReportedFingerprint">As the file says; null when it says none.</param>
/// <param name="Verdict">Null: there is nothing to judge.</param>
public sealed record UploadedSchema(SchemaDefinition Definition, string? ReportedFingerprint, UploadState State, CompatibilityVerdict? Verdict);

public enum UploadState
{
    New,

    /// <summary>Another content under a number that was defined before.</summary>
    Changed,
    Unchanged,
}
