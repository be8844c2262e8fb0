using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventEngine.Bench.Baselines;

/// <summary>What Kestrel can do when the batch is parsed into objects by source-generated JSON and thrown away: no checks, no storage.</summary>
public static class ParseOnly
{
    public const string Path = "/v1/ingest/events";

    public static async Task ServeAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BatchContext.Default));
        var app = builder.Build();
        app.MapPost(Path, (Batch batch) => Results.Json(new Answer(batch.Entries.Count), BatchContext.Default.Answer, statusCode: 202));
        await app.RunAsync();
    }
}

public sealed record Answer([property: JsonPropertyName("received")] int Received);

public sealed record Batch([property: JsonPropertyName("entries")] List<BatchEntry> Entries);

public sealed class BatchEntry
{
    [JsonPropertyName("event_id")] public string? EventId { get; set; }
    [JsonPropertyName("event_name")] public string? EventName { get; set; }
    [JsonPropertyName("event_type")] public string? EventType { get; set; }
    [JsonPropertyName("event_version")] public int? EventVersion { get; set; }
    [JsonPropertyName("idempotency_key")] public string? IdempotencyKey { get; set; }
    [JsonPropertyName("status")] public string? Status { get; set; }
    [JsonPropertyName("attempts")] public int? Attempts { get; set; }
    [JsonPropertyName("latency_ms")] public double? LatencyMs { get; set; }
    [JsonPropertyName("occurred_at")] public DateTimeOffset? OccurredAt { get; set; }
    [JsonPropertyName("published_at")] public DateTimeOffset? PublishedAt { get; set; }
    [JsonPropertyName("dead_lettered_at")] public DateTimeOffset? DeadLetteredAt { get; set; }
    [JsonPropertyName("error_message")] public string? ErrorMessage { get; set; }
    [JsonPropertyName("error_class")] public string? ErrorClass { get; set; }
    [JsonPropertyName("timestamp")] public DateTimeOffset? Timestamp { get; set; }
}

[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(Answer))]
public sealed partial class BatchContext : JsonSerializerContext;
