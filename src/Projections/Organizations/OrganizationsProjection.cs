using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Organizations;

/// <summary>The organizations, who belongs to them and whom they have asked to, by id only.</summary>
public sealed class OrganizationsProjection : IProjection
{
    private const string Create = "insert into organizations (organization_id, name, slug, plan, created_at) values ($1, $2, $3, $4, $5)";
    private const string Rename = "update organizations set name = $2 where organization_id = $1";
    private const string Turn = "update organizations set disabled_at = $2, disabled_reason = $3 where organization_id = $1";
    private const string ChangePlan = "update organizations set plan = $2 where organization_id = $1";
    private const string Join = """
        insert into members (organization_id, person_id, role, joined_at) values ($1, $2, $3, $4)
        on conflict (organization_id, person_id) do update set role = excluded.role
        """;
    private const string ChangeRole = "update members set role = $3 where organization_id = $1 and person_id = $2";
    private const string Go = "delete from members where organization_id = $1 and person_id = $2";
    private const string Invite = """
        insert into invitations (organization_id, invitation_id, role, invited_at) values ($1, $2, $3, $4)
        on conflict (organization_id, invitation_id) do update set role = excluded.role, invited_at = excluded.invited_at
        """;
    private const string Close = "delete from invitations where organization_id = $1 and invitation_id = $2";

    public string Name => ProjectionNames.Organizations;

    public int Version => 2;

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
        OrganizationRenamed fact => db.ExecuteAsync(Rename, ct, stored.Subject, fact.Name),
        OrganizationDisabled fact => db.ExecuteAsync(Turn, ct, stored.Subject, fact.At.ToUniversalTime(), fact.Reason),
        OrganizationEnabled => db.ExecuteAsync(Turn, ct, stored.Subject, null, null),
        PlanChanged fact => db.ExecuteAsync(ChangePlan, ct, stored.Subject, Word(fact.Plan)),
        _ => ApplyToMembersAsync(stored, db, ct),
    };

    private static Task ApplyToMembersAsync(StoredFact stored, NpgsqlConnection db, CancellationToken ct) => stored.Fact switch
    {
        MemberInvited fact => db.ExecuteAsync(Invite, ct, stored.Subject, fact.InvitationId, Word(fact.Role), fact.At.ToUniversalTime()),
        InvitationRevoked fact => db.ExecuteAsync(Close, ct, stored.Subject, fact.InvitationId),
        InvitationAccepted fact => db.ExecuteAsync(Close, ct, stored.Subject, fact.InvitationId),
        MemberJoined fact => db.ExecuteAsync(Join, ct, stored.Subject, fact.PersonId, Word(fact.Role), fact.At.ToUniversalTime()),
        RoleChanged fact => db.ExecuteAsync(ChangeRole, ct, stored.Subject, fact.PersonId, Word(fact.Role)),
        MemberRemoved fact => db.ExecuteAsync(Go, ct, stored.Subject, fact.PersonId),
        MemberLeft fact => db.ExecuteAsync(Go, ct, stored.Subject, fact.PersonId),
        OwnershipTransferred fact => TransferAsync(stored.Subject, fact, db, ct),
        _ => Task.CompletedTask,
    };

    private static async Task TransferAsync(Guid organization, OwnershipTransferred fact, NpgsqlConnection db, CancellationToken ct)
    {
        await db.ExecuteAsync(ChangeRole, ct, organization, fact.From, Word(Role.Admin));
        await db.ExecuteAsync(ChangeRole, ct, organization, fact.To, Word(Role.Owner));
    }

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
