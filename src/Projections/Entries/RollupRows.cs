using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The tables <c>rollup_minutes</c> and <c>rollup_hours</c>, moved together.</summary>
internal static class RollupRows
{
    public static async Task SaveAsync(NpgsqlConnection db, Rollups rollups, CancellationToken ct)
    {
        var hours = rollups.Hours(); // first: saving merges what is stored into the minutes
        await SaveMinutesAsync(db, rollups, ct);
        await SaveAsync(db, "rollup_hours", "hour", [.. hours, .. Rollups.WholeApps(hours)], ct);
    }

    public static Task SaveMinutesAsync(NpgsqlConnection db, Rollups rollups, CancellationToken ct) =>
        SaveAsync(db, "rollup_minutes", "minute", [.. rollups.Minutes, .. Rollups.WholeApps(rollups.Minutes)], ct);

    private static async Task SaveAsync(
        NpgsqlConnection db, string table, string unit, KeyValuePair<RollupKey, RollupCounters>[] changes, CancellationToken ct)
    {
        var cells = Array.FindAll(changes, cell => !cell.Value.IsNothing);
        if (cells.Length == 0) return;
        await MergeSketchesAsync(db, table, unit, cells, ct);
        var emptied = await UpsertAsync(db, table, unit, cells, ct);
        if (emptied) await db.ExecuteAsync(DropEmpty(table, unit), ct, Keys(cells));
    }

    // Corrections may empty a row, in either order. It is dropped as if nothing had ever been there: that must not tell one history from another.
    private static async Task<bool> UpsertAsync(
        NpgsqlConnection db, string table, string unit, KeyValuePair<RollupKey, RollupCounters>[] cells, CancellationToken ct)
    {
        await using var command = db.Command(
            Upsert(table, unit),
            [
                .. Keys(cells),
                Array.ConvertAll(cells, cell => cell.Value.Events),
                Array.ConvertAll(cells, cell => cell.Value.Emitted),
                Array.ConvertAll(cells, cell => cell.Value.Published),
                Array.ConvertAll(cells, cell => cell.Value.DeadLettered),
                Array.ConvertAll(cells, cell => cell.Value.LatencyCount),
                Array.ConvertAll(cells, cell => cell.Value.LatencySumUs),
                Array.ConvertAll(cells, cell => cell.Value.Sketch.IsEmpty ? null : cell.Value.Sketch.Encode()),
            ]);
        await using var row = await command.ExecuteReaderAsync(ct);
        var emptied = false;
        while (await row.ReadAsync(ct)) emptied |= row.GetBoolean(0);
        return emptied;
    }

    // A late latency joins the sketch that is stored. Only this projection writes it, so reading and writing in one transaction is safe.
    private static async Task MergeSketchesAsync(
        NpgsqlConnection db, string table, string unit, KeyValuePair<RollupKey, RollupCounters>[] cells, CancellationToken ct)
    {
        await using var command = db.Command(Sketches(table, unit), Keys(cells));
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) cells[row.GetInt64(0) - 1].Value.Sketch.MergeEncoded(row.GetFieldValue<byte[]>(1));
    }

    private static object[] Keys(KeyValuePair<RollupKey, RollupCounters>[] cells) =>
    [
        Array.ConvertAll(cells, cell => cell.Key.App.Value),
        Array.ConvertAll(cells, cell => cell.Key.From),
        Array.ConvertAll(cells, cell => cell.Key.EventName),
        Array.ConvertAll(cells, cell => cell.Key.ReceivedOn),
    ];

    private static string Sketches(string table, string unit) => $"""
        select k.ordinal, t.sketch from unnest($1, $2, $3, $4) with ordinality as k (app_id, {unit}, event_name, received_on, ordinal)
        join {table} t using (app_id, {unit}, event_name, received_on) where t.sketch is not null
        """;

    private static string DropEmpty(string table, string unit) => $"""
        delete from {table} t using unnest($1, $2, $3, $4) as k (app_id, {unit}, event_name, received_on)
        where t.app_id = k.app_id and t.{unit} = k.{unit} and t.event_name = k.event_name and t.received_on = k.received_on
          and (t.events, t.emitted, t.published, t.dead_lettered, t.latency_count, t.latency_sum_us) = (0, 0, 0, 0, 0, 0) and t.sketch is null
        """;

    // A sum that no number holds stays at the largest: absurd latencies must not stop the projection.
    private static string Upsert(string table, string unit) => $"""
        insert into {table} as t (app_id, {unit}, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us, sketch)
        select app_id, {unit}, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us, sketch
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            as x (app_id, {unit}, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us, sketch)
        on conflict (app_id, {unit}, event_name, received_on) do update set
            events = t.events + excluded.events, emitted = t.emitted + excluded.emitted, published = t.published + excluded.published,
            dead_lettered = t.dead_lettered + excluded.dead_lettered, latency_count = t.latency_count + excluded.latency_count,
            latency_sum_us = least(t.latency_sum_us::numeric + excluded.latency_sum_us, 9223372036854775807)::bigint,
            sketch = excluded.sketch
        returning (t.events, t.emitted, t.published, t.dead_lettered, t.latency_count, t.latency_sum_us) = (0, 0, 0, 0, 0, 0) and t.sketch is null
        """;
}
