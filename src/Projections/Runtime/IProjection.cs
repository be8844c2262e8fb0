using EventEngine.Application.EventStore;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// Folds facts into tables of its own. It never reads a clock, randomness or another projection's tables: the same facts give the same
/// rows, however they are cut into batches.
/// </summary>
public interface IProjection
{
    string Name { get; }

    /// <summary>
    /// Of the code: raise it when the same facts would now give other rows, or the tables' SQL changes, and the tables are rebuilt. A worker
    /// builds what is newer beside an older worker that leads; one of an older version never leads newer tables.
    /// </summary>
    int Version { get; }

    /// <summary>The facts it wants; all of them are handed over, in the order of the store.</summary>
    EventFilter Wanted { get; }

    ProjectionTables Tables { get; }

    /// <summary>A fresh one that remembers nothing, for tables that are built beside these.</summary>
    IProjection Another() => (IProjection)Activator.CreateInstance(GetType())!;

    /// <summary>
    /// Applies a batch inside the transaction that is open on <paramref name="db"/>, whose search path leads to the tables.
    /// Throwing rolls everything back.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct);

    /// <summary>A transaction was lost: what is remembered of the tables may be wrong.</summary>
    void Forget();
}
