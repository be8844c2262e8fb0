using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Retention;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Heartbeats;

/// <summary>When each app was last heard of, by its entries and by its heartbeats, and what it says of itself.</summary>
public sealed class HeartbeatsProjection : IProjection
{
    public string Name => ProjectionNames.Heartbeats;

    public int Version => 3;

    public EventFilter Wanted { get; } = new(
        [StreamName.HeartbeatsCategory + "-"],
        [FactTypes.NameOf(typeof(BatchReceived)), FactTypes.NameOf(typeof(DayClosed)), FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Heartbeats.app_health.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        var rows = await AppHealthRows.LoadAsync(db, facts.Select(fact => fact.Subject).Distinct(), ct);
        var gone = new HashSet<Guid>();
        foreach (var stored in facts)
        {
            if (stored.Fact is AppDeleted or AppErased)
            {
                rows.Remove(stored.Subject);
                gone.Add(stored.Subject);
                continue;
            }

            if (stored.Fact is DayClosed { Signs: null }) continue;
            rows[stored.Subject] = stored.Fact switch
            {
                BatchReceived fact => AppHealthRow.After(rows.GetValueOrDefault(stored.Subject), stored.Subject, fact),
                HeartbeatReceived fact => AppHealthRow.After(rows.GetValueOrDefault(stored.Subject), stored.Subject, fact, stored.Revision),
                DayClosed fact => AppHealthRow.After(rows.GetValueOrDefault(stored.Subject), stored.Subject, fact.Signs!),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is no sign of life."),
            };
        }

        await AppHealthRows.DeleteAsync(db, gone, ct);
        await AppHealthRows.SaveAsync(db, rows.Values, ct);
    }

    public void Forget()
    {
    }
}
