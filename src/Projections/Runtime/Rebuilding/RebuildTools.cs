using EventEngine.Application.EventStore;
using EventEngine.Infrastructure.Shared;
using EventEngine.Projections.Runtime.Leading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>What every rebuild of a worker needs.</summary>
/// <param name="Background">For loading, indexing and comparing: it gives way to those who ask meanwhile, as <paramref name="Scheduler"/> does.</param>
/// <param name="Comparing">Builds are compared one after the other: each reads whole tables, and those who ask meanwhile want the disk and the cores, too.</param>
internal sealed record RebuildTools(
    NpgsqlDataSource DataSource, NpgsqlDataSource Background, BackgroundScheduler Scheduler, FactSource Source, Worker Worker, Leases Leases, RebuildRows Rows,
    SemaphoreSlim Comparing, TimeProvider Time, ILogger Log)
{
    public IEventStore Store => Source.Store;

    public async Task<Build> BuildAsync(IProjection projection, string schema, Lease lease, Checkpoint checkpoint, Guid[] unparks, CancellationToken ct)
    {
        var parked = new ParkedFacts(DataSource, projection.Name, again: unparks);
        await parked.LoadAsync(ct);
        var status = new ProjectionStatus($"{projection.Name}:build");
        status.Begin(checkpoint);
        var row = new CheckpointRow(projection.Name, lease.Epoch);
        var session = new ProjectionSession(Background, lease.Session, projection.Name, row, schema, Time) { Announces = false };
        return new Build(projection, new ProjectionRunner(projection, session, parked, status, Time, Log) { GivesWay = true }, session, Store);
    }
}
