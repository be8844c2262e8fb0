using System.Text.Json.Serialization;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <summary>What is known of one event name across the apps of an organization.</summary>
/// <param name="Versions">Defined or emitted, ascending.</param>
/// <param name="Apps">Those that define it, emit it or reported a fingerprint of it.</param>
/// <param name="LastChangedAt">When anything new was said of it: a definition, a fingerprint, the first event of a version.</param>
/// <param name="Definitions">As they stand, by app and version.</param>
/// <param name="Emitters">Who emits which version, as far back as the plan shows.</param>
/// <param name="Volume">Distinct events.</param>
public record SchemaRow(
    string EventName,
    IReadOnlyList<int> Versions,
    IReadOnlyList<SeenFingerprint> Fingerprints,
    IReadOnlyList<AppId> Apps,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastChangedAt,
    IReadOnlyList<DefinedVersion> Definitions,
    IReadOnlyList<VersionEmitter> Emitters,
    DateTimeOffset? LastSeenAt,
    SchemaVolume Volume,
    SchemaState Verdict,
    IReadOnlyList<SchemaWarning> Warnings);

public sealed record SeenFingerprint(AppId App, string Fingerprint, DateTimeOffset FirstSeenAt);

/// <param name="Fingerprint">As we compute it.</param>
/// <param name="ReportedFingerprint">As the reporter did; null when it said none.</param>
/// <param name="Redefined">Whether other contents stood under the same number before.</param>
public sealed record DefinedVersion(
    AppId App,
    int EventVersion,
    SchemaDefinition Definition,
    string Fingerprint,
    string? ReportedFingerprint,
    DefinitionSource Source,
    DateTimeOffset ReportedAt,
    bool Redefined)
{
    public bool FingerprintMatches => ReportedFingerprint is null || ReportedFingerprint == Fingerprint;
}

/// <param name="EventVersion">Null: the reporter says none.</param>
/// <param name="FirstSeenAt">Of the events' own times.</param>
public sealed record VersionEmitter(AppId App, string Name, string Environment, int? EventVersion, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

public sealed record SchemaVolume(
    [property: JsonPropertyName("last_24h")] long Last24Hours, [property: JsonPropertyName("last_30d")] long Last30Days);

/// <summary>How the newest version of an event fares, in the app where it fares worst.</summary>
public enum SchemaState
{
    /// <summary>Emitted or reported, and no app ever said what it is.</summary>
    Undefined,

    /// <summary>There is no version before it.</summary>
    FirstVersion,

    /// <summary>Its mode asks for nothing.</summary>
    Unchecked,

    Compatible,
    Breaking,
}

/// <summary>Something about an event that does not add up.</summary>
/// <param name="Code">For programs: VERSION_SKEW.</param>
public sealed record SchemaWarning(string Code, string Message);

/// <summary>How the newest version that an app defines fares under the mode that holds there.</summary>
/// <param name="OwnMode">The event's own in that app; null: the app's, or the default, holds.</param>
/// <param name="AppMode">The app's; null: the default holds.</param>
public sealed record AppVerdict(AppName App, int EventVersion, CompatibilityVerdict Verdict, CompatibilityMode? OwnMode, CompatibilityMode? AppMode);
