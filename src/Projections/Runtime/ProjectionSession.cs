using System.Collections.Concurrent;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.Postgres;
using EventEngine.Projections.Runtime.Leading;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>The database as one projection sees it: a connection of its own, whose search path leads to its tables.</summary>
/// <param name="name">Of the session, by which a rival finds it.</param>
internal sealed class ProjectionSession(
    NpgsqlDataSource dataSource, string name, string projection, CheckpointRow checkpoint, string schema, TimeProvider time) : IAsyncDisposable
{
    // Rows and checkpoint are one transaction: a crash may undo the last ones, and they are applied again. The planner must not believe
    // that a table it has not analyzed yet is empty: all that is done here is looking up keys.
    private const string Settings = "set synchronous_commit to off; set enable_seqscan to off; set enable_hashjoin to off; set enable_mergejoin to off";

    private NpgsqlConnection? _db;

    /// <summary>Whether pages are told; what is built beside concerns nobody yet.</summary>
    public bool Announces { get; init; } = true;

    public async Task CommitAsync(IProjection applier, IReadOnlyList<StoredFact> facts, Guid[] skipped, StorePosition? from, StorePosition to, CancellationToken ct)
    {
        using var span = ProjectionTraces.Apply(projection, facts.Count, to);
        var db = await OpenAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        if (facts.Count > 0) await applier.ApplyAsync(facts, db, ct);
        var eventAt = facts.Count > 0 ? facts[^1].Fact.At : (DateTimeOffset?)null;
        await checkpoint.AdvanceAsync(db, from, to, facts.Count, eventAt, time.GetUtcNow(), ct);
        if (skipped.Length > 0) await checkpoint.SkipAsync(db, skipped, ct);
        if (facts.Count > 0 && Announces) await db.ExecuteAsync("select pg_notify($1, $2)", ct, Committed.Channel, Committed.Describe(projection, to, facts));
        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// Makes the indexes that are missing yet, two at a time, each in a transaction of its own: whoever has to begin again goes on with those
    /// that are left.
    /// </summary>
    /// <exception cref="SupersededException">Another worker has taken over.</exception>
    public async Task IndexAsync(ProjectionTables tables, CancellationToken ct)
    {
        var left = new ConcurrentQueue<string>(tables.Indexes);
        await using var other = new ProjectionSession(dataSource, name, projection, checkpoint, schema, time);
        await Task.WhenAll(IndexAsync(left, ct), other.IndexAsync(left, ct));
    }

    public async Task<Checkpoint> LoadAsync(CancellationToken ct) => await checkpoint.LoadAsync(await OpenAsync(ct), ct);

    public async Task StopAsync(string error, PoisonEvent at, CancellationToken ct) =>
        await checkpoint.StopAsync(await OpenAsync(ct), error, at, time.GetUtcNow(), ct);

    /// <summary>Lets the connection go, whatever state it is in; the next use opens another.</summary>
    public async Task AbandonAsync()
    {
        if (_db is not { } db) return;
        _db = null;
        try
        {
            await db.DisposeAsync();
        }
        catch (Exception e) when (Transient.Is(e))
        {
            // Ended from the other side: there is nothing left to close.
        }
    }

    public async ValueTask DisposeAsync() => await AbandonAsync();

    // A session is as good as a parallel worker of Postgres, and gives way to queries as those don't.
    private async Task IndexAsync(ConcurrentQueue<string> left, CancellationToken ct)
    {
        while (left.TryDequeue(out var index))
        {
            var db = await OpenAsync(ct);
            await using var transaction = await db.BeginTransactionAsync(ct);
            await checkpoint.LoadAsync(db, ct);
            await db.ExecuteAsync("set local max_parallel_maintenance_workers = 0", ct);
            await using var command = db.Command(index);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (_db is { FullState: System.Data.ConnectionState.Open }) return _db;
        await AbandonAsync();
        var db = await dataSource.OpenConnectionAsync(ct);
        await db.ExecuteAsync($"{Settings}; set application_name to '{name}'; set search_path to {schema}", ct);
        return _db = db;
    }
}
