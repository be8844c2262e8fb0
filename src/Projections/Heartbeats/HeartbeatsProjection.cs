using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Heartbeats;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Heartbeats;

/// <summary>When each app was last heard of, by its entries and by its heartbeats, and what it says of itself.</summary>
public sealed class HeartbeatsProjection : IProjection
{
    public string Name => ProjectionNames.Heartbeats;

    public int Version => 1;

    public EventFilter Wanted { get; } = new(
        [StreamName.HeartbeatsCategory + "-"],
        [FactTypes.NameOf(typeof(BatchReceived))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Heartbeats.app_health.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        var rows = await AppHealthRows.LoadAsync(db, facts.Select(fact => fact.Subject).Distinct(), ct);
        foreach (var stored in facts)
        {
            rows[stored.Subject] = stored.Fact switch
            {
                BatchReceived fact => AppHealthRow.After(rows.GetValueOrDefault(stored.Subject), stored.Subject, fact),
                HeartbeatReceived fact => AppHealthRow.After(rows.GetValueOrDefault(stored.Subject), stored.Subject, fact),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is no sign of life."),
            };
        }

        await AppHealthRows.SaveAsync(db, rows.Values, ct);
    }

    public void Forget()
    {
    }
}
