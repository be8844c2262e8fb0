using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>The tables of one projection: SQL with unqualified names, so that they can be made in any schema by the search path.</summary>
public sealed partial class ProjectionTables
{
    private readonly string _sql;

    private ProjectionTables(string sql)
    {
        _sql = sql;
        Names = [.. CreateTable().Matches(sql).Select(match => match.Groups["name"].Value)];
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n"))));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Changes with the SQL: other tables ask for a rebuild.</summary>
    public string Digest { get; }

    public static ProjectionTables Of(string sql) => new(sql);

    /// <param name="resource">Folder and file inside this project: <c>Entries.entries.sql</c>.</param>
    public static ProjectionTables FromResource(string resource)
    {
        var assembly = typeof(ProjectionTables).Assembly;
        using var stream = assembly.GetManifestResourceStream($"EventEngine.Projections.{resource}")
            ?? throw new InvalidOperationException($"There is no embedded resource {resource}.");
        using var reader = new StreamReader(stream);
        return Of(reader.ReadToEnd());
    }

    public async Task CreateAsync(NpgsqlConnection db, CancellationToken ct) => await db.ExecuteAsync(_sql, ct);

    [GeneratedRegex(@"^create table (?<name>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CreateTable();
}
