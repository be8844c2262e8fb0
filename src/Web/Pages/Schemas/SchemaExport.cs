using System.Globalization;
using System.Text;
using System.Text.Json;
using EventEngine.Application.Apps;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Web.Api;
using EventEngine.Web.Shared;

namespace EventEngine.Web.Pages.Schemas;

/// <summary>The catalog as a file.</summary>
internal static class SchemaExport
{
    private const string Head = "event_name,verdict,versions,apps,events_24h,events_30d,first_seen_at,last_seen_at,last_changed_at,warnings";
    private static readonly JsonSerializerOptions Options = Configured();

    public static byte[] Json(IReadOnlyList<SchemaRow> rows) => JsonSerializer.SerializeToUtf8Bytes(rows, Options);

    public static byte[] Csv(IReadOnlyList<SchemaRow> rows, IReadOnlyList<AppName> apps)
    {
        var names = apps.ToDictionary(app => app.App, app => $"{app.Name} ({app.Environment})");
        var lines = new StringBuilder(Head).Append("\r\n");
        foreach (var row in rows) lines.AppendJoin(',', Cells(row, names).Select(CsvCell.Of)).Append("\r\n");
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static IEnumerable<string?> Cells(SchemaRow row, Dictionary<AppId, string> names) =>
    [
        row.EventName, SchemaWords.Wire(row.Verdict), string.Join(' ', row.Versions), string.Join("; ", row.Apps.Select(app => names.GetValueOrDefault(app))),
        row.Volume.Last24Hours.ToString(CultureInfo.InvariantCulture), row.Volume.Last30Days.ToString(CultureInfo.InvariantCulture),
        Time(row.FirstSeenAt), Time(row.LastSeenAt), Time(row.LastChangedAt), string.Join("; ", row.Warnings.Select(warning => warning.Code)),
    ];

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions { WriteIndented = true };
        ApiJson.Configure(options);
        return options;
    }
}
