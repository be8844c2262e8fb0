using System.Data;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace EventEngine.Infrastructure.Postgres;

/// <summary>One step of the database's form; files are applied in the order of their names, once, and never change afterwards.</summary>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>The same whatever line ends a checkout has.</summary>
    public string Digest =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
}

/// <summary>Brings a database to the form that this build expects.</summary>
public static class Migrations
{
    private const long Turn = 0x45_56_45_4E_54; // advisory lock: one process migrates at a time, the others wait

    private const string Ledger =
        "create table if not exists public.migrations (name text primary key, digest text not null, applied_at timestamptz not null default now())";

    private const string Folder = "EventEngine.Infrastructure.Postgres.Migrations.";

    /// <summary>Those of this build.</summary>
    public static IReadOnlyList<Migration> All { get; } = Read();

    /// <exception cref="MigrationException">A file that this database has already applied was changed afterwards.</exception>
    public static Task ApplyAsync(NpgsqlDataSource dataSource, CancellationToken ct) => ApplyAsync(dataSource, All, ct);

    public static async Task ApplyAsync(NpgsqlDataSource dataSource, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await ExecuteAsync(db, $"select pg_advisory_lock({Turn})", ct);
        try
        {
            await ExecuteAsync(db, Ledger, ct);
            var applied = await AppliedAsync(db, ct);
            foreach (var migration in migrations.OrderBy(m => m.Name, StringComparer.Ordinal))
                await ApplyAsync(db, migration, applied.GetValueOrDefault(migration.Name), ct);
        }
        finally
        {
            if (db.FullState == ConnectionState.Open) // else it went with the session
                await ExecuteAsync(db, $"select pg_advisory_unlock({Turn})", CancellationToken.None);
        }
        await db.ReloadTypesAsync(ct);
    }

    private static async Task ApplyAsync(NpgsqlConnection db, Migration migration, string? appliedDigest, CancellationToken ct)
    {
        if (appliedDigest == migration.Digest)
            return;
        if (appliedDigest is not null)
            throw new MigrationException($"The migration {migration.Name} was changed after it had been applied. Restore it, and put the change into a new file.");
        await using var transaction = await db.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(db, migration.Sql, ct);
        }
        catch (PostgresException e) when (!Transient.Is(e))
        {
            throw new MigrationException($"The migration {migration.Name} fails: {e.MessageText} (at character {e.Position})", e);
        }
        await using var record = new NpgsqlCommand("insert into public.migrations (name, digest) values ($1, $2)", db)
        {
            Parameters = { new() { Value = migration.Name }, new() { Value = migration.Digest } },
        };
        await record.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection db, CancellationToken ct)
    {
        await using var query = new NpgsqlCommand("select name, digest from public.migrations", db);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
            applied[rows.GetString(0)] = rows.GetString(1);
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection db, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, db);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static List<Migration> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. from resource in assembly.GetManifestResourceNames()
                   where resource.StartsWith(Folder, StringComparison.Ordinal)
                   orderby resource
                   select new Migration(resource[Folder.Length..], new StreamReader(assembly.GetManifestResourceStream(resource)!).ReadToEnd())];
    }
}

/// <summary>The database can't be brought to the form that this build expects.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);
