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

    public void Forget() => _known.Clear();

    private static async Task EnsureAsync(NpgsqlConnection db, string table, DateOnly day, CancellationToken ct)
    {
        var partition = $"{table}_{day:yyyyMMdd}";
        await using var exists = db.Command("select to_regclass($1) is not null", partition);
        if (await exists.ExecuteScalarAsync(ct) is true) return;
        await db.ExecuteAsync($"create table {partition} (like {table} including defaults)", ct);
        await db.ExecuteAsync($"alter table {table} attach partition {partition} for values from ('{day:yyyy-MM-dd}') to ('{day.AddDays(1):yyyy-MM-dd}')", ct);
    }
}
