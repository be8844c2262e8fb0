using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Schemas;

/// <summary>Which fingerprints of which event names each app has shown, and since when.</summary>
public sealed class SchemasProjection : IProjection
{
    // Two heartbeats at once may both find a fingerprint new.
    private const string See = """
        insert into schema_fingerprints as t (app_id, event_name, fingerprint, first_seen_at) values ($1, $2, $3, $4)
        on conflict (app_id, event_name, fingerprint) do update set first_seen_at = least(t.first_seen_at, excluded.first_seen_at)
        """;

    private const string Forgotten = "delete from schema_fingerprints where app_id = $1";

    public string Name => ProjectionNames.Schemas;

    public int Version => 2;

    public EventFilter Wanted { get; } = new(
        [StreamName.SchemasCategory + "-"],
        [FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Schemas.schemas.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var stored in facts)
        {
            if (stored.Fact is AppDeleted or AppErased) await db.ExecuteAsync(Forgotten, ct, stored.Subject);
            if (stored.Fact is SchemaFingerprintSeen fact)
                await db.ExecuteAsync(See, ct, stored.Subject, fact.EventName, fact.Fingerprint, fact.At.ToUniversalTime());
        }
    }

    public void Forget()
    {
    }
}
