using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Organizations;

/// <summary>The organizations and who belongs to them, by id only.</summary>
public sealed class OrganizationsProjection : IProjection
{
    private const string Create = "insert into organizations (organization_id, name, slug, plan, created_at) values ($1, $2, $3, $4, $5)";
    private const string ChangePlan = "update organizations set plan = $2 where organization_id = $1";
    private const string Join = """
        insert into members (organization_id, person_id, role, joined_at) values ($1, $2, $3, $4)
        on conflict (organization_id, person_id) do update set role = excluded.role
        """;

    public string Name => ProjectionNames.Organizations;

    public int Version => 1;

    public EventFilter Wanted { get; } = new([StreamName.OrganizationCategory + "-"]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Organizations.organizations.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var fact in facts) await ApplyAsync(fact, db, ct);
    }

    public void Forget()
    {
    }

    private static Task ApplyAsync(StoredFact stored, NpgsqlConnection db, CancellationToken ct) => stored.Fact switch
    {
        OrganizationCreated fact => db.ExecuteAsync(Create, ct, stored.Subject, fact.Name, fact.Slug, Word(fact.Plan), fact.At.ToUniversalTime()),
        PlanChanged fact => db.ExecuteAsync(ChangePlan, ct, stored.Subject, Word(fact.Plan)),
        MemberJoined fact => db.ExecuteAsync(Join, ct, stored.Subject, fact.PersonId, Word(fact.Role), fact.At.ToUniversalTime()),
        _ => Task.CompletedTask,
    };

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
