using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <summary>What the read model says of the schemas of some apps, by event name.</summary>
internal sealed record Catalog(
    ILookup<string, DefinedVersion> Definitions,
    ILookup<string, SeenFingerprint> Fingerprints,
    ILookup<string, EmittedVersion> Emissions,
    IReadOnlyDictionary<(AppId App, string EventName), CompatibilityMode> Modes)
{
    private const string DefinitionSql = """
        select distinct on (app_id, event_name, event_version) app_id, event_name, event_version, fingerprint, reported_fingerprint, source, reported_at, definition,
               min(fingerprint) over same <> max(fingerprint) over same as redefined
        from views.schema_definitions where app_id = any(@apps) and (@name::text is null or event_name = @name)
        window same as (partition by app_id, event_name, event_version)
        order by app_id, event_name, event_version, reported_at desc, digest
        """;

    private const string FingerprintSql = """
        select event_name, app_id, fingerprint, first_seen_at from views.schema_fingerprints
        where app_id = any(@apps) and (@name::text is null or event_name = @name) order by first_seen_at, app_id, fingerprint
        """;

    // A day of receipt stays as long as the plan shows any of it.
    private const string EmissionSql = """
        select event_name, app_id, event_version, min(first_at) as first_at, max(last_at) as last_at from views.emitted_versions
        where app_id = any(@apps) and (@name::text is null or event_name = @name) and (received_on + 1)::timestamp at time zone 'utc' > @retained_since
        group by event_name, app_id, event_version order by event_name, app_id, event_version
        """;

    private const string ModeSql = """
        select distinct on (app_id, event_name) app_id, event_name, mode from views.schema_modes
        where app_id = any(@apps) and (@name::text is null or event_name in (@name, '')) order by app_id, event_name, changed_at desc
        """;

    /// <param name="name">Null: of every event.</param>
    public static async Task<Catalog> ReadAsync(ReadSnapshot db, Guid[] apps, string? name = null)
    {
        var of = new { apps, name };
        var definitions = await db.ListAsync<DefinitionRow>(DefinitionSql, of);
        var fingerprints = await db.ListAsync<FingerprintRow>(FingerprintSql, of);
        var emissions = await db.ListAsync<EmissionRow>(EmissionSql, of);
        var modes = await db.ListAsync<ModeRow>(ModeSql, of);
        return new Catalog(
            definitions.ToLookup(row => row.EventName, row => row.ToVersion()),
            fingerprints.ToLookup(row => row.EventName, row => new SeenFingerprint(new AppId(row.AppId), row.Fingerprint, row.FirstSeenAt)),
            emissions.ToLookup(row => row.EventName, row => new EmittedVersion(new AppId(row.AppId), row.EventVersion, row.FirstAt, row.LastAt)),
            modes.Where(row => row.Mode is not null).ToDictionary(row => (new AppId(row.AppId), row.EventName), row => Enum.Parse<CompatibilityMode>(row.Mode!)));
    }

    public IEnumerable<string> Names =>
        Definitions.Select(name => name.Key).Concat(Fingerprints.Select(name => name.Key)).Concat(Emissions.Select(name => name.Key)).Distinct();

    public CompatibilityMode? OwnMode(AppId app, string eventName) => Modes.TryGetValue((app, eventName), out var own) ? own : null;

    public CompatibilityMode? AppMode(AppId app) => OwnMode(app, "");

    public CompatibilityMode ModeOf(AppId app, string eventName) => OwnMode(app, eventName) ?? AppMode(app) ?? CompatibilityModes.Default;

    internal static SchemaDefinition Parse(string definition) =>
        JsonSerializer.Deserialize(definition, FactJsonContext.Default.SchemaDefinition) ?? throw new JsonException("A definition is null.");

    private sealed record DefinitionRow(
        Guid AppId, string EventName, int EventVersion, string Fingerprint, string? ReportedFingerprint, string Source, DateTimeOffset ReportedAt,
        string Definition, bool Redefined)
    {
        public DefinedVersion ToVersion() => new(
            new AppId(AppId), EventVersion, Parse(Definition), Fingerprint, ReportedFingerprint, Enum.Parse<DefinitionSource>(Source), ReportedAt, Redefined);
    }

    private sealed record FingerprintRow(string EventName, Guid AppId, string Fingerprint, DateTimeOffset FirstSeenAt);

    private sealed record EmissionRow(string EventName, Guid AppId, int? EventVersion, DateTimeOffset FirstAt, DateTimeOffset LastAt);

    private sealed record ModeRow(Guid AppId, string EventName, string? Mode);
}

/// <param name="Version">Null: the reporter says none.</param>
internal sealed record EmittedVersion(AppId App, int? Version, DateTimeOffset FirstAt, DateTimeOffset LastAt);
