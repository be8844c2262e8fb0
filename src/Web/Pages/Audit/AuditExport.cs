using System.Globalization;
using System.Text;
using System.Text.Json;
using EventEngine.Application.Audit;
using EventEngine.Web.Api;
using EventEngine.Web.Shared;

namespace EventEngine.Web.Pages.Audit;

/// <summary>The audit as a file.</summary>
internal static class AuditExport
{
    private const string Head = "at,type,kind,person_id,token_id,who,what,correlation_id";
    private static readonly JsonSerializerOptions Options = Configured();

    public static byte[] Json(IReadOnlyList<AuditEntry> entries) => JsonSerializer.SerializeToUtf8Bytes(entries, Options);

    public static byte[] Csv(IReadOnlyList<AuditEntry> entries)
    {
        var lines = new StringBuilder(Head).Append("\r\n");
        foreach (var entry in entries)
        {
            string?[] cells =
            [
                entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), entry.Type, entry.Kind.ToString().ToLowerInvariant(),
                entry.PersonId?.ToString("N"), entry.TokenId?.ToString("N"), entry.Who, entry.What, entry.CorrelationId,
            ];
            lines.AppendJoin(',', cells.Select(CsvCell.Of)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        ApiJson.Configure(options);
        return options;
    }
}
