using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>One partition a day of receipt, made when its first entry comes. Attached rather than created in place: readers are not blocked.</summary>
internal sealed class DayPartitions(params string[] tables)
{
    private readonly HashSet<DateOnly> _known = [];

    public async Task EnsureAsync(NpgsqlConnection db, IEnumerable<DateOnly> days, CancellationToken ct)
    {
        foreach (var day in days)
        {
            if (_known.Contains(day)) continue;
            foreach (var table in tables) await EnsureAsync(db, table, day, ct);
            _known.Add(day);
        }
    }

    /// <summary>
    /// Takes an app's rows of a day away: with their partition where nobody else has rows in it, else by themselves. A reader of long
    /// standing, such as a verification, is not waited for, since everybody else would wait behind us: the rows go, their partition stays.
    /// </summary>
    public async Task EmptyAsync(NpgsqlConnection db, Guid app, DateOnly day, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            var partition = NameOf(table, day);
            if (!await ExistsAsync(db, partition, ct)) continue;
            if (await IsSharedAsync(db, partition, app, ct) || !await TryDropAsync(db, partition, ct))
                await db.ExecuteAsync($"delete from {table} where app_id = $1 and received_on = $2", ct, app, day);
        }

        _known.Remove(day);
    }

    public void Forget() => _known.Clear();

    private static async Task EnsureAsync(NpgsqlConnection db, string table, DateOnly day, CancellationToken ct)
    {
        var partition = NameOf(table, day);
        if (await ExistsAsync(db, partition, ct)) return;
        await db.ExecuteAsync($"create table {partition} (like {table} including defaults)", ct);
        await db.ExecuteAsync($"alter table {table} attach partition {partition} for values from ('{day:yyyy-MM-dd}') to ('{day.AddDays(1):yyyy-MM-dd}')", ct);
    }

    private static string NameOf(string table, DateOnly day) => $"{table}_{day:yyyyMMdd}";

    private static async Task<bool> ExistsAsync(NpgsqlConnection db, string partition, CancellationToken ct)
    {
        await using var command = db.Command("select to_regclass($1) is not null", partition);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    // The two ends of an index instead of all of the app's own rows.
    private static async Task<bool> IsSharedAsync(NpgsqlConnection db, string partition, Guid app, CancellationToken ct)
    {
        await using var command = db.Command(
            $"select exists (select 1 from {partition} where app_id < $1) or exists (select 1 from {partition} where app_id > $1)", app);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<bool> TryDropAsync(NpgsqlConnection db, string partition, CancellationToken ct)
    {
        await db.ExecuteAsync("savepoint dropping; set local lock_timeout to '500ms'", ct);
        try
        {
            await db.ExecuteAsync($"drop table {partition}", ct);
            await db.ExecuteAsync("set local lock_timeout to 0; release savepoint dropping", ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await db.ExecuteAsync("rollback to savepoint dropping", ct);
            return false;
        }
    }
}
