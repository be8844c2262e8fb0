using EventEngine.Application.EventStore;
using EventEngine.Application.EventStore.Copying;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>The projections' checkpoints, when the store is copied: moved in one transaction, under an epoch of their own.</summary>
public sealed class MovedCheckpoints(NpgsqlDataSource dataSource, TimeProvider time) : IKeptCheckpoints
{
    private const string Select = """
        select projection, commit_position, prepare_position from views.checkpoints
        where commit_position >= 0 and store is distinct from $1 order by projection
        """;

    // Whoever leads the projection has read from the old store: the epoch takes the lead away.
    private const string Move = """
        update views.checkpoints set commit_position = $4, prepare_position = $5, store = $6, epoch = epoch + 1, updated_at = $7
        where projection = $1 and commit_position = $2 and prepare_position = $3
        """;

    public async Task<IReadOnlyList<KeptCheckpoint>> ReadAsync(string store, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var command = db.Command(Select, store);
        await using var row = await command.ExecuteReaderAsync(ct);
        var kept = new List<KeptCheckpoint>();
        while (await row.ReadAsync(ct)) kept.Add(new KeptCheckpoint(row.GetString(0), new StorePosition(row.GetInt64(1), row.GetInt64(2))));
        return kept;
    }

    public async Task MoveAsync(string store, IReadOnlyList<MovedCheckpoint> moves, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await db.BeginTransactionAsync(ct);
        foreach (var (from, to) in moves)
        {
            var moved = await db.ExecuteAsync(
                Move, ct, from.Name, from.Position.Commit, from.Position.Prepare, to?.Commit ?? -1, to?.Prepare ?? -1, store, time.GetUtcNow());
            if (moved == 0) throw new InvalidOperationException($"The projection {from.Name} is still running. Stop all hosts and workers, then move the checkpoints.");
        }

        await transaction.CommitAsync(ct);
    }
}
