using System.Globalization;
using System.Text.Json;
using EventEngine.Application.Entries;
using EventEngine.Web.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

/// <summary>Events as a file, written while they are read.</summary>
internal sealed class EventFile(IAsyncEnumerable<EventRow> events, EventFileKind kind) : IResult, IActionResult
{
    private const string Head =
        "event_id,event_name,event_type,event_version,status,attempts,idempotency_key,aggregate_type,aggregate_id,aggregate_version,latency_ms," +
        "latency_approximate,at,occurred_at,published_at,dead_lettered_at,reported_at,error_class,error_message,gem_version";

    private static readonly JsonSerializerOptions Json = Configured();

    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.ContentType = kind == EventFileKind.Csv ? "text/csv; charset=utf-8" : "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=events.{(kind == EventFileKind.Csv ? "csv" : "json")}";
        if (kind == EventFileKind.Csv) await WriteCsvAsync(http.Response.Body, http.RequestAborted);
        else await JsonSerializer.SerializeAsync(http.Response.Body, events, Json, http.RequestAborted);
    }

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    private async Task WriteCsvAsync(Stream to, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, leaveOpen: true);
        await writer.WriteAsync($"{Head}\r\n".AsMemory(), ct);
        await foreach (var row in events.WithCancellation(ct)) await writer.WriteAsync($"{Line(row)}\r\n".AsMemory(), ct);
    }

    private static string Line(EventRow row) => string.Join(',', new[]
    {
        row.EventId, row.EventName, row.EventType, Number(row.EventVersion), JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Status.ToString()), Number(row.Attempts),
        row.IdempotencyKey, row.AggregateType, row.AggregateId, Number(row.AggregateVersion), row.LatencyMs?.ToString(CultureInfo.InvariantCulture),
        row.LatencyApproximate ? "true" : "false", Time(row.At), Time(row.OccurredAt), Time(row.PublishedAt), Time(row.DeadLetteredAt), Time(row.ReportedAt),
        row.ErrorClass, row.ErrorMessage, row.GemVersion,
    }.Select(CsvCell.Of));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static JsonSerializerOptions Configured()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}

internal enum EventFileKind
{
    Csv,
    Json,
}
