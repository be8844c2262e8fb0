using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Schemas;

/// <summary>How each app defines its events, which fingerprints it has shown, which versions it emits, and what its changes are held to.</summary>
public sealed class SchemasProjection : IProjection
{
    // Two heartbeats at once may both find a fingerprint new.
    private const string See = """
        insert into schema_fingerprints as t (app_id, event_name, fingerprint, first_seen_at) values ($1, $2, $3, $4)
        on conflict (app_id, event_name, fingerprint) do update set first_seen_at = least(t.first_seen_at, excluded.first_seen_at)
        """;

    private const string Define = """
        insert into schema_definitions (app_id, event_name, event_version, reported_at, digest, fingerprint, reported_fingerprint, source, definition)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
        """;

    private const string ChangeMode = """
        insert into schema_modes (app_id, event_name, changed_at, mode) values ($1, $2, $3, $4)
        on conflict (app_id, event_name, changed_at) do update set mode = excluded.mode
        """;

    private static readonly string[] Tabled = ["schema_fingerprints", "schema_definitions", "schema_modes", "emitted_versions"];

    private readonly EmittedVersions _emitted = new();

    public string Name => ProjectionNames.Schemas;

    public int Version => 3;

    public EventFilter Wanted { get; } = new(
        [StreamName.SchemasCategory + "-"],
        [.. new[] { typeof(EntryReported), typeof(DayDeleted), typeof(CompatibilityModeChanged), typeof(AppDeleted), typeof(AppErased) }.Select(FactTypes.NameOf)]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Schemas.schemas.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var stored in facts)
        {
            if (stored.Fact is EntryReported entry) _emitted.Add(stored.Subject, entry);
            else await ApplyAsync(stored.Subject, stored.Fact, db, ct);
        }

        await _emitted.SaveAsync(db, ct);
    }

    public void Forget() => _emitted.Clear();

    private async Task ApplyAsync(Guid app, IFact fact, NpgsqlConnection db, CancellationToken ct)
    {
        switch (fact)
        {
            case SchemaFingerprintSeen seen:
                await db.ExecuteAsync(See, ct, app, seen.EventName, seen.Fingerprint, seen.At.ToUniversalTime());
                break;
            case SchemaDefinitionReported reported:
                await DefineAsync(app, reported, db, ct);
                break;
            case CompatibilityModeChanged changed:
                await db.ExecuteAsync(ChangeMode, ct, app, changed.EventName ?? "", changed.At.ToUniversalTime(), changed.Mode?.ToString());
                break;
            case DayDeleted deleted:
                await _emitted.SaveAsync(db, ct);
                await EmittedVersions.ForgetAsync(db, app, deleted.Day, ct);
                break;
            case AppDeleted or AppErased:
                await _emitted.SaveAsync(db, ct);
                foreach (var table in Tabled) await db.ExecuteAsync($"delete from {table} where app_id = $1", ct, app);
                break;
        }
    }

    private static Task<int> DefineAsync(Guid app, SchemaDefinitionReported reported, NpgsqlConnection db, CancellationToken ct)
    {
        var definition = reported.Definition;
        return db.ExecuteAsync(
            Define, ct, app, definition.EventName, definition.EventVersion, reported.At.ToUniversalTime(), definition.Digest(), definition.Fingerprint(),
            reported.ReportedFingerprint, reported.Source.ToString(), JsonSerializer.Serialize(definition, FactJsonContext.Default.SchemaDefinition));
    }
}
