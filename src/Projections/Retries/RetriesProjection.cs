using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Retries;
using EventEngine.Domain.Shared;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Retries;

/// <summary>The retries of each app, and what became of each of their items.</summary>
public sealed class RetriesProjection : IProjection
{
    public string Name => ProjectionNames.Retries;

    public int Version => 1;

    public EventFilter Wanted { get; } = new(
        [StreamName.RetriesCategory + "-", StreamName.RetryCategory + "-"],
        [FactTypes.NameOf(typeof(AppDeleted)), FactTypes.NameOf(typeof(AppErased))]);

    public ProjectionTables Tables { get; } = ProjectionTables.FromResource("Retries.retries.sql");

    public async Task ApplyAsync(IReadOnlyList<StoredFact> facts, NpgsqlConnection db, CancellationToken ct)
    {
        var changes = new Dictionary<Guid, ItemChanges>();
        foreach (var stored in facts)
        {
            if (StreamName.CategoryOf(stored.Stream) is StreamName.RetryCategory) await ApplyAsync(stored, StreamName.RetryOf(stored.Stream), changes, db, ct);
            else if (stored.Fact is RetryRequested requested) await RetryRows.RequestAsync(db, stored.Subject, requested, ct);
            else if (stored.Fact is AppDeleted or AppErased) await RetryRows.ForgetAsync(db, stored.Subject, ct);
        }

        foreach (var items in changes.Values) await items.WriteAsync(db, ct);
    }

    public void Forget()
    {
    }

    private static Task ApplyAsync(StoredFact stored, Guid retry, Dictionary<Guid, ItemChanges> changes, NpgsqlConnection db, CancellationToken ct)
    {
        if (!changes.TryGetValue(retry, out var items)) changes[retry] = items = new ItemChanges(retry);
        switch (stored.Fact)
        {
            case RetryItemsListed fact: return RetryRows.ListAsync(db, stored.Subject, retry, fact, ct);
            case RetrySending fact: items.Sending(fact); return Task.CompletedTask;
            case RetryAnswered fact: items.Answered(fact); return Task.CompletedTask;
            case RetryConfirmed fact: return ConfirmAsync(fact, items, db, ct);
            default: return TurnAsync(stored.Fact, retry, items, db, ct);
        }
    }

    private static async Task TurnAsync(IFact fact, Guid retry, ItemChanges items, NpgsqlConnection db, CancellationToken ct)
    {
        switch (fact)
        {
            case RetryTaken taken:
                await items.MoveAsync(db, RetryStates.Sending, RetryStates.Unconfirmed, ct);
                await RetryRows.BeginAsync(db, retry, taken.At, ct);
                break;
            case RetryPaused paused: await RetryRows.TurnAsync(db, retry, "paused", paused.Reason, paused.At, ct); break;
            case RetryResumed resumed: await RetryRows.TurnAsync(db, retry, "running", null, resumed.At, ct); break;
            case RetryWentOffline offline: await RetryRows.TurnAsync(db, retry, "offline", offline.Reason, offline.At, ct); break;
            case RetryCameBack back: await RetryRows.TurnAsync(db, retry, "running", null, back.At, ct); break;
            case RetryStopped stopped:
                await RetryRows.StopAsync(db, retry, stopped.Cause, stopped.At, ct);
                await items.EndAsync(db, ct);
                break;
            case RetryFinished finished:
                await items.EndAsync(db, ct);
                await RetryRows.FinishAsync(db, retry, finished.At, ct);
                break;
        }
    }

    private static async Task ConfirmAsync(RetryConfirmed fact, ItemChanges items, NpgsqlConnection db, CancellationToken ct)
    {
        await items.ConfirmAsync(db, fact.Published, RetryStates.Published, fact.At, ct);
        await items.ConfirmAsync(db, fact.DeadLettered, RetryStates.DeadLettered, fact.At, ct);
    }
}
