using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Apps;

/// <summary>The apps and their API keys, as far as they may be shown.</summary>
public sealed class AppsProjection : IProjection
{
    private const string Register = "insert into apps (app_id, organization_id, name, environment, registered_at) values ($1, $2, $3, $4, $5) on conflict do nothing";
    private const string Rename = "update apps set name = $2, environment = $3 where app_id = $1";
    private const string Configure = "update apps set callback_url = $2 where app_id = $1";
    private const string Limit = "update apps set in_flight_minutes = $2 where app_id = $1";
    private const string Delete = """
        with ended as (update api_keys set revoked_at = coalesce(revoked_at, $2) where app_id = $1)
        update apps set deleted_at = $2 where app_id = $1
        """;

    private const string Erase = "update apps set erased_at = $2 where app_id = $1";
    private const string Issue = "insert into api_keys (key_id, app_id, prefix, last_four, issued_at) values ($1, $2, $3, $4, $5) on conflict do nothing";
    private const string Revoke = "update api_keys set revoked_at = $2 where key_id = $1";

    public string Name => ProjectionNames.Apps;

    public int Version => 3;

    public EventFilter Wanted { get; } = new([StreamName.AppCategory + "-"]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Apps.apps.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var fact in facts) await ApplyAsync(fact, db, ct);
    }

    public void Forget()
    {
    }

    private static Task ApplyAsync(StoredFact stored, NpgsqlConnection db, CancellationToken ct) => stored.Fact switch
    {
        AppRegistered fact => db.ExecuteAsync(Register, ct, stored.Subject, fact.OrganizationId.Value, fact.Name, fact.Environment, fact.At.ToUniversalTime()),
        AppRenamed fact => db.ExecuteAsync(Rename, ct, stored.Subject, fact.Name, fact.Environment),
        CallbackConfigured fact => db.ExecuteAsync(Configure, ct, stored.Subject, fact.Url),
        InFlightLimitSet fact => db.ExecuteAsync(Limit, ct, stored.Subject, fact.Minutes),
        AppDeleted fact => db.ExecuteAsync(Delete, ct, stored.Subject, fact.At.ToUniversalTime()),
        AppErased fact => db.ExecuteAsync(Erase, ct, stored.Subject, fact.At.ToUniversalTime()),
        ApiKeyIssued fact => db.ExecuteAsync(Issue, ct, fact.KeyId, stored.Subject, fact.Prefix, fact.LastFour, fact.At.ToUniversalTime()),
        ApiKeyRevoked fact => db.ExecuteAsync(Revoke, ct, fact.KeyId, fact.At.ToUniversalTime()),
        _ => Task.CompletedTask,
    };
}
