using EventEngine.Application.Pipeline;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>A build compared with the live tables, in one snapshot of both at the same position.</summary>
internal sealed class Verification(IProjection projection, BuildSchema schema, Meeting meeting, RebuildTools tools)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<List<TableReport>> RunAsync(CancellationToken ct)
    {
        await tools.Comparing.WaitAsync(ct);
        try
        {
            return await CompareAsync(ct);
        }
        finally
        {
            tools.Comparing.Release();
        }
    }

    private async Task<List<TableReport>> CompareAsync(CancellationToken ct)
    {
        await using var db = await tools.Background.OpenConnectionAsync(ct);
        await using var snapshot = await SnapshotAsync(db, ct);
        var comparison = new Comparison(db, "views", schema.Name);
        var reports = new List<TableReport>();
        foreach (var table in projection.Tables.Names) reports.Add(await comparison.CompareAsync(table, ct));
        return reports;
    }

    // They may not have met: the lead changes hands, and another than the runner that was held writes.
    private async Task<NpgsqlTransaction> SnapshotAsync(NpgsqlConnection db, CancellationToken ct)
    {
        while (true)
        {
            using (await meeting.MeetAsync(ct))
            {
                var snapshot = await db.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
                await db.ExecuteAsync("set local max_parallel_workers_per_gather = 0", ct); // nobody waits for it as one waits for a page
                if (await schema.HasMetLiveAsync(db, ct)) return snapshot;
                await snapshot.DisposeAsync();
            }

            await Task.Delay(Pause, tools.Time, ct);
        }
    }
}
