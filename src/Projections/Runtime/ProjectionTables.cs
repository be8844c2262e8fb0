using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>
/// The tables of one projection: SQL with unqualified names, so that they can be made in any schema by the search path. Indexes that only
/// queries need may stand apart: a build loads first and makes them after.
/// </summary>
public sealed partial class ProjectionTables
{
    private readonly string _sql;

    private ProjectionTables(string sql, string indexes)
    {
        _sql = sql;
        Names = [.. CreateTable().Matches(sql).Select(match => match.Groups["name"].Value)];
        Indexes = Statements(indexes);
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((sql + indexes).ReplaceLineEndings("\n"))));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Changes with the SQL: other tables or indexes ask for a rebuild.</summary>
    public string Digest { get; }

    /// <summary>The statements that make what only queries need. Each does nothing where that is there already.</summary>
    public IReadOnlyList<string> Indexes { get; }

    public static ProjectionTables Of(string sql, string indexes = "") => new(sql, indexes);

    /// <param name="resource">Folder and file inside this project: <c>Entries.entries.sql</c>.</param>
    public static ProjectionTables FromResource(string resource, string? indexes = null) => Of(Read(resource), indexes is null ? "" : Read(indexes));

    /// <summary>All there is to the tables.</summary>
    public async Task CreateAsync(NpgsqlConnection db, CancellationToken ct)
    {
        await CreateWithoutIndexesAsync(db, ct);
        foreach (var index in Indexes) await db.ExecuteAsync(index, ct);
    }

    /// <summary>What the projection itself needs to fill them; <see cref="Indexes"/> are to follow.</summary>
    public async Task CreateWithoutIndexesAsync(NpgsqlConnection db, CancellationToken ct) => await db.ExecuteAsync(_sql, ct);

    private static string[] Statements(string sql)
    {
        int[] starts = [.. Beginning().Matches(sql).Select(match => match.Index), sql.Length];
        return [.. starts.Zip(starts.Skip(1), (start, end) => sql[start..end])];
    }

    private static string Read(string resource)
    {
        using var stream = typeof(ProjectionTables).Assembly.GetManifestResourceStream($"EventEngine.Projections.{resource}")
            ?? throw new InvalidOperationException($"There is no embedded resource {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^create table (?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CreateTable();

    [GeneratedRegex("^(create|do) ", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Beginning();
}
