using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

// While a key is rotated there are two: EVENT_ENGINE_CLOUD_KEYS=new,old
var keys = (builder.Configuration["EVENT_ENGINE_CLOUD_KEYS"] ?? throw new InvalidOperationException("Set EVENT_ENGINE_CLOUD_KEYS."))
    .Split(',').Select(key => SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {key}"))).ToArray();

// In the place of your outbox table.
var outbox = new ConcurrentDictionary<string, Row>
{
    ["42"] = new("order.placed", """{"order":7,"total":"19.90"}""") { Attempts = 5, DeadLettered = true },
    ["43"] = new("order.placed", """{"order":8,"total":"4.50"}""") { Attempts = 1, PublishedAt = new DateTimeOffset(2026, 11, 20, 10, 42, 0, TimeSpan.Zero) },
};

// The callback address of this app is https://…/event_engine
var calls = app.MapGroup("/event_engine/cloud_api/events/{id}").AddEndpointFilter(async (call, next) =>
    IsCloud(call.HttpContext.Request) ? await next(call) : Results.Unauthorized());

calls.MapGet("", (string id) => outbox.TryGetValue(Whole(id), out var row)
    ? Results.Json(new { id = Whole(id), event_name = row.EventName, payload = JsonNode.Parse(row.Payload) })
    : Results.NotFound());

calls.MapPost("/retry", (string id) =>
{
    if (!outbox.TryGetValue(Whole(id), out var row)) return Results.NotFound();
    lock (row) // in SQL: update outbox set attempts = 0, dead_lettered_at = null where id = @id and published_at is null
    {
        if (row.PublishedAt is { } at) return Results.Json(new { error = "published", message = $"It was published at {at:HH:mm} UTC." }, statusCode: 409);
        (row.Attempts, row.DeadLettered) = (0, false); // the publisher finds it again; a second time changes nothing
    }

    return Results.Accepted();
});

app.Run();

// Digests have one length, so comparing them tells nothing of the key.
bool IsCloud(HttpRequest request)
{
    var sent = SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()));
    return keys.Count(key => CryptographicOperations.FixedTimeEquals(key, sent)) > 0;
}

// Routing decodes everything but a slash.
static string Whole(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

internal sealed class Row(string eventName, string payload)
{
    public string EventName { get; } = eventName;

    public string Payload { get; } = payload;

    public int Attempts { get; set; }

    public bool DeadLettered { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }
}
