using EventEngine.Domain.Apps;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>
/// The table <c>deleted_apps</c>, and the end of a deleted app's rows. What comes after its end is passed over, so that its rows are the
/// same whether or not its entries are still in the store.
/// </summary>
internal sealed class DeletedApps
{
    private static readonly string[] Emptied = ["event_entries", "rollup_minutes", "rollup_hours", "app_totals", "ledger_hours", "rejected_entries", "received_days", "daily_totals", "death_hours"];

    private HashSet<AppId>? _known;

    public async Task<HashSet<AppId>> LoadAsync(NpgsqlConnection db, CancellationToken ct)
    {
        if (_known is not null) return _known;
        var known = new HashSet<AppId>();
        await using var command = db.Command("select app_id from deleted_apps");
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) known.Add(new AppId(row.GetGuid(0)));
        return _known = known;
    }

    /// <summary>After everything else of the batch was written.</summary>
    public async Task SaveAsync(NpgsqlConnection db, EntryBatch batch, CancellationToken ct)
    {
        if (batch.Deleted.Count > 0)
        {
            var apps = batch.Deleted.Select(app => app.Value).ToArray();
            foreach (var table in Emptied) await db.ExecuteAsync($"delete from {table} where app_id = any($1)", ct, apps);
            await db.ExecuteAsync("insert into deleted_apps (app_id) select unnest($1) on conflict do nothing", ct, apps);
        }

        foreach (var (app, fact) in batch.Erased) await UsageRows.CloseAsync(db, app, fact, ct);
    }

    public void Forget() => _known = null;
}
