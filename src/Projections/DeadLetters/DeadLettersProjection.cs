using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.DeadLetters;

/// <summary>What people decided of groups of dead letters; the letters themselves are with the rows of events.</summary>
public sealed class DeadLettersProjection : IProjection
{
    private const string Decide = """
        insert into decided_groups (app_id, fingerprint, decision, at, person_id, until, more) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (app_id, fingerprint) do update set
            decision = excluded.decision, at = excluded.at, person_id = excluded.person_id, until = excluded.until, more = excluded.more
        """;

    private const string Forgotten = "delete from decided_groups where app_id = $1";

    public string Name => ProjectionNames.DeadLetters;

    public int Version => 1;

    public EventFilter Wanted { get; } = new(
        [StreamName.DeadLettersCategory + "-"],
        [FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("DeadLetters.dead_letters.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var stored in facts)
        {
            if (stored.Fact is AppDeleted or AppErased) await db.ExecuteAsync(Forgotten, ct, stored.Subject);
            else await ApplyAsync(stored, db, ct);
        }
    }

    public void Forget()
    {
    }

    private static Task ApplyAsync(StoredFact stored, NpgsqlConnection db, CancellationToken ct)
    {
        return stored.Fact switch
        {
            ErrorGroupResolved fact => SaveAsync(fact, fact.Fingerprint, GroupDecision.Resolved, fact.By),
            ErrorGroupIgnored fact => SaveAsync(fact, fact.Fingerprint, GroupDecision.Ignored, fact.By, fact.Until, fact.More),
            ErrorGroupReopened fact => SaveAsync(fact, fact.Fingerprint, GroupDecision.Reopened, fact.By),
            _ => Task.CompletedTask,
        };

        Task SaveAsync(IFact fact, string group, GroupDecision decision, Guid? by, DateTimeOffset? until = null, int? more = null) => db.ExecuteAsync(
            Decide, ct, stored.Subject, ErrorFingerprint.Parse(group)!.Value.Value, (short)decision, fact.At.ToUniversalTime(), by, until?.ToUniversalTime(), more);
    }
}
