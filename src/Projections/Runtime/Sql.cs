using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>Statements with positional parameters, for code that owns its connection.</summary>
internal static class Sql
{
    public static async Task<int> ExecuteAsync(this NpgsqlConnection db, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = db.Command(sql, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A question with yes or no for an answer.</summary>
    public static async Task<bool> AsksAsync(this NpgsqlConnection db, string sql, CancellationToken ct, params object?[] values)
    {
        await using var command = db.Command(sql, values);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public static NpgsqlCommand Command(this NpgsqlConnection db, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, db);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
