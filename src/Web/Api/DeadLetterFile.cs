using System.Globalization;
using System.Text.Json;
using EventEngine.Application.Entries;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

/// <summary>Dead letters as a file, written while they are read.</summary>
internal sealed class DeadLetterFile(IAsyncEnumerable<DeadLetter> letters, EventFileKind kind) : IActionResult
{
    private const string Head = "event_id,event_name,event_version,error_class,error_message,attempts,dead_lettered_at,group";

    private static readonly JsonSerializerOptions Json = Configured();

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = kind == EventFileKind.Csv ? "text/csv; charset=utf-8" : "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=dead-letters.{(kind == EventFileKind.Csv ? "csv" : "json")}";
        if (kind == EventFileKind.Csv) await WriteCsvAsync(http.Response.Body, http.RequestAborted);
        else await JsonSerializer.SerializeAsync(http.Response.Body, letters, Json, http.RequestAborted);
    }

    private async Task WriteCsvAsync(Stream to, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, leaveOpen: true);
        await writer.WriteAsync($"{Head}\r\n".AsMemory(), ct);
        await foreach (var row in letters.WithCancellation(ct)) await writer.WriteAsync($"{Line(row)}\r\n".AsMemory(), ct);
    }

    private static string Line(DeadLetter row) => string.Join(',', new[]
    {
        row.EventId, row.EventName, Number(row.EventVersion), row.ErrorClass, row.ErrorMessage, Number(row.Attempts),
        row.DeadLetteredAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), row.Group,
    }.Select(CsvCell.Of));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}
