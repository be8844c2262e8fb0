using System.Text.Json;
using EventEngine.Application.Pipeline;
using Npgsql;

namespace EventEngine.Projections.Runtime.Rebuilding;

/// <summary>
/// Compares the tables of two schemas in one snapshot. A digest is the sum of the rows' hashes, so their order does not matter; the text of
/// a row holds every column, byte for byte.
/// </summary>
internal sealed class Comparison(NpgsqlConnection db, string live, string rebuilt)
{
    private const int Shown = 5;
    private const int LongestValue = 120; // a glance, not a copy of customers' data

    private const string KeyOf = """
        select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) from
            (select indrelid, indkey from pg_index where indrelid = to_regclass($1) and indisunique and indpred is null
             order by indisprimary desc, indexrelid limit 1) i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        """;

    public async Task<TableReport> CompareAsync(string table, CancellationToken ct)
    {
        var (liveRows, liveDigest) = await DigestAsync($"{live}.{table}", ct);
        var (rebuiltRows, rebuiltDigest) = await DigestAsync($"{rebuilt}.{table}", ct);
        var report = new TableReport(table, liveRows, rebuiltRows, liveDigest, rebuiltDigest, []);
        return report.Differs ? report with { Rows = await DifferingAsync(table, ct) } : report;
    }

    private async Task<(long Rows, string Digest)> DigestAsync(string table, CancellationToken ct)
    {
        await using var command = db.Command($"select count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from {table} t");
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt64(0), row.GetString(1));
    }

    private async Task<List<DifferingRow>> DifferingAsync(string table, CancellationToken ct)
    {
        await using var find = db.Command(KeyOf, $"{live}.{table}");
        if (await find.ExecuteScalarAsync(ct) is not string[] key) return [];
        await using var command = db.Command(Differences(table, string.Join(", ", key)));
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<DifferingRow>();
        while (await row.ReadAsync(ct)) rows.Add(new DifferingRow(Json(row, 0)!.Value, Json(row, 1), Json(row, 2)));
        return rows;
    }

    private string Differences(string table, string key) => $"""
        select jsonb_build_object({string.Join(", ", key.Split(", ").Select(column => $"'{column}', {column}"))}),
               case when l is not null then {Unlike("l", "b")} end, case when b is not null then {Unlike("b", "l")} end
        from (select {key}, t::text as line, to_jsonb(t) as l from {live}.{table} t) live
        full join (select {key}, t::text as line, to_jsonb(t) as b from {rebuilt}.{table} t) rebuilt using ({key})
        where live.line is distinct from rebuilt.line order by {key} limit {Shown}
        """;

    private static string Unlike(string one, string other) => $"""
        (select coalesce(jsonb_object_agg(key, left(value, {LongestValue})), jsonb_build_object()) from jsonb_each_text({one})
         where {other} is null or value is distinct from {other} ->> key)
        """;

    private static JsonElement? Json(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : JsonDocument.Parse(row.GetString(at)).RootElement;
}
