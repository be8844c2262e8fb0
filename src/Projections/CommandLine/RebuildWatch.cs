using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime;
using EventEngine.Projections.Runtime.Leading;
using Npgsql;

namespace EventEngine.Projections.CommandLine;

/// <summary>Asks, and watches until it is done. Where no worker leads, this process does, until then.</summary>
internal sealed class RebuildWatch(IRebuilds rebuilds, IParkedEvents parked, NpgsqlDataSource dataSource, ProjectionEngine engine, TimeProvider time) : IAsyncDisposable
{
    public const int Done = 0, Differs = 1, Failed = 2, Cancelled = 3, Interrupted = 130;

    /// <summary>Who asks, on the command line.</summary>
    public static readonly string By = $"{Environment.UserName} at {Environment.MachineName}";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>For a database that is away: a restart and its recovery are over by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private bool _isLeading;
    private long? _awaySince;

    public async Task<int> RequestAsync(IReadOnlyList<RebuildRequest> requests, CancellationToken ct)
    {
        var ids = new List<Guid>();
        foreach (var request in requests)
        {
            var (id, isNew) = await rebuilds.RequestAsync(request, By, ct);
            if (!isNew) Console.WriteLine($"{request.Projection}: something is going on already; watching that.");
            ids.Add(id);
        }

        return await WatchAsync(ids, ct);
    }

    public async Task<int> CancelAsync(IReadOnlyList<string> projections, CancellationToken ct)
    {
        var ids = new List<Guid>();
        foreach (var projection in projections)
        {
            var isGoingOn = await rebuilds.CancelAsync(projection, By, ct);
            var (id, _) = await rebuilds.RequestAsync(new RebuildRequest(projection, RebuildKind.Discard), By, ct); // while it goes on: that one
            ids.Add(id);
            Console.WriteLine(isGoingOn ? $"{projection}: cancelling." : $"{projection}: nothing is going on; dropping what may have been left.");
        }

        var code = await WatchAsync(ids, ct);
        return code == Cancelled ? Done : code;
    }

    public async Task<int> UnparkAsync(string projection, StorePosition[] positions, CancellationToken ct)
    {
        var found = await parked.FindAsync(projection, positions, ct);
        if (positions.Except(found.Select(one => one.Position)).ToList() is { Count: 0 })
            return await RequestAsync([RebuildRequest.ToUnpark(projection, found)], ct);
        await Console.Error.WriteLineAsync($"{projection} has not parked all of these. `parked` lists what is parked.");
        return Failed;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isLeading) await engine.StopAsync(CancellationToken.None);
    }

    private async Task<int> WatchAsync(List<Guid> ids, CancellationToken ct)
    {
        try
        {
            await using var display = RebuildDisplay.Create(time);
            while (true)
            {
                if (await GlanceAsync(ids, display, ct) is { } code) return code;
                await Task.Delay(Pause, time, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Console.WriteLine(_isLeading
                ? "Interrupted. The same command, or a worker, goes on from here; --cancel drops what has been built."
                : "Not watched any longer; the worker goes on. --cancel stops it.");
            return Interrupted;
        }
    }

    /// <returns>The exit code once all is done; null before, and while the database is away.</returns>
    private async Task<int?> GlanceAsync(List<Guid> ids, RebuildDisplay display, CancellationToken ct)
    {
        try
        {
            var rows = await rebuilds.ReadAsync(ids, ct);
            display.Show(rows);
            if (rows.TrueForAll(row => row.IsFinished))
            {
                await display.DisposeAsync();
                return display.Finish(rows);
            }

            await LeadIfNobodyDoesAsync(rows, display, ct);
            _awaySince = null;
        }
        catch (Exception e) when (Transient.Is(e) && !ct.IsCancellationRequested)
        {
            if (_awaySince is null) display.Say($"The database does not answer; waiting for it. What was asked for goes on when it is back. ({e.Message})");
            _awaySince ??= time.GetTimestamp();
            if (time.GetElapsedTime(_awaySince.Value) >= Patience) throw;
        }

        return null;
    }

    private async Task LeadIfNobodyDoesAsync(List<RebuildRow> rows, RebuildDisplay display, CancellationToken ct)
    {
        if (_isLeading) return;
        var waiting = rows.Where(row => !row.IsFinished).Select(row => row.Projection).ToArray();
        await using var db = await dataSource.OpenConnectionAsync(ct);
        if (await LeaseRows.OfLeads.AreHeldAsync(db, waiting, Leases.Patience, ct)) return;
        display.Say("No worker leads; this process does until it is done.");
        await engine.StartAsync(ct);
        _isLeading = true;
    }
}
