using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Deploys;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Deploys;

/// <summary>When which version of an app went out.</summary>
public sealed class DeploysProjection : IProjection
{
    private const string Report = "insert into deploys (app_id, at, version, revision, url) values ($1, $2, $3, $4, $5) on conflict do nothing";
    private const string Forgotten = "delete from deploys where app_id = $1";

    public string Name => ProjectionNames.Deploys;

    public int Version => 1;

    public EventFilter Wanted { get; } = new(
        [StreamName.DeploysCategory + "-"],
        [FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Deploys.deploys.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        foreach (var stored in facts)
        {
            if (stored.Fact is AppDeleted or AppErased) await db.ExecuteAsync(Forgotten, ct, stored.Subject);
            if (stored.Fact is DeployReported fact)
                await db.ExecuteAsync(Report, ct, stored.Subject, fact.DeployedAt.ToUniversalTime(), fact.Version, fact.Revision, fact.Url);
        }
    }

    public void Forget()
    {
    }
}
