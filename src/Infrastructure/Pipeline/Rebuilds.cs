using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using Npgsql;

namespace EventEngine.Infrastructure.Pipeline;

/// <summary>The table <c>app.rebuilds</c> as those see it who ask and watch.</summary>
public sealed class Rebuilds(NpgsqlDataSource dataSource) : IRebuilds
{
    private const string Select = """
        select rebuild_id, projection, kind, keep, accept_differences, requested_by, requested_at, state, cancelled_by, started_at, finished_at,
               position, head, coalesce(applied, 0), per_second, seconds_left, report::text, error, error_event::text
        from app.rebuilds
        """;

    private const string Insert = """
        insert into app.rebuilds (rebuild_id, projection, kind, keep, accept_differences, requested_by, requested_at, state, unparks, version)
        values ($1, $2, $3, $4, $5, $6, clock_timestamp(), 'waiting', $7, $8) on conflict do nothing
        """;

    private const string Open = "select rebuild_id from app.rebuilds where projection = $1 and finished_at is null";

    private const string Cancel = "update app.rebuilds set cancelled_by = $2 where projection = $1 and finished_at is null and cancelled_by is null";

    public async Task<(Guid Id, bool IsNew)> RequestAsync(RebuildRequest request, string by, CancellationToken ct)
    {
        while (true)
        {
            var id = Guid.CreateVersion7();
            await using var insert = Command(Insert, id, request.Projection, request.Kind.ToString().ToLowerInvariant(), request.Keep, request.AcceptDifferences, by, request.Unparks?.ToArray() ?? [],
                new NpgsqlParameter<int?> { TypedValue = request.Version, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer });
            if (await insert.ExecuteNonQueryAsync(ct) == 1) return (id, true);
            await using var find = Command(Open, request.Projection);
            if (await find.ExecuteScalarAsync(ct) is Guid open) return (open, false);
        }
    }

    public async Task<bool> CancelAsync(string projection, string by, CancellationToken ct)
    {
        await using var command = Command(Cancel, projection, by);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    public Task<List<RebuildRow>> ReadAsync(IEnumerable<Guid> ids, CancellationToken ct) => ReadAsync(Command($"{Select} where rebuild_id = any($1) order by projection", ids.ToArray()), ct);

    public Task<List<RebuildRow>> NewestAsync(CancellationToken ct) =>
        ReadAsync(Command($"{Select.Replace("select", "select distinct on (projection)", StringComparison.Ordinal)} order by projection, requested_at desc"), ct);

    private static async Task<List<RebuildRow>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var disposed = command;
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<RebuildRow>();
        while (await row.ReadAsync(ct)) rows.Add(Read(row));
        return rows;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private static RebuildRow Read(NpgsqlDataReader row)
    {
        return new RebuildRow(
            row.GetGuid(0), row.GetString(1), Enum.Parse<RebuildKind>(row.GetString(2), ignoreCase: true), row.GetBoolean(3), row.GetBoolean(4), row.GetString(5),
            row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), Text(8), Time(9), Time(10), Place(11), Place(12), row.GetInt64(13), Number(14), Number(15),
            Reports.Parse(Text(16)), Text(17))
        { ErrorEvent = PoisonEvent.Parse(Text(18)) };

        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
        double? Number(int at) => row.IsDBNull(at) ? null : row.GetDouble(at);
        DateTimeOffset? Time(int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateTimeOffset>(at);
        StorePosition? Place(int at) => StorePosition.TryParse(Text(at), out var position) ? position : null;
    }
}
