using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using EventEngine.Domain.Entries;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EventEngine.Web.Api;

/// <summary>
/// What the OpenAPI document says of ingest, whose endpoints read raw requests and so describe nothing themselves. Said without
/// Accepts metadata: routing would refuse on it what ingest takes.
/// </summary>
internal static class IngestDocument
{
    private static readonly int[] Refusals = [400, 401, 403, 413, 415, 429, 503];

    public static TBuilder Describes<TBuilder>(this TBuilder endpoint, Delegate handler, int status, Type answer, string summary)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(handler.GetMethodInfo(), new ProducesResponseTypeMetadata(status, answer, ["application/json"]));
        endpoint.WithMetadata([.. Refusals.Select(refusal => new ProducesResponseTypeMetadata(refusal, typeof(ApiError), ["application/json"]))]);
        return endpoint.WithSummary(summary).WithTags("Ingest");
    }

    public static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var body = context.Description.RelativePath switch
        {
            "v1/ingest/events" => typeof(BatchDescription),
            "v1/ingest/heartbeat" => typeof(HeartbeatDescription),
            "api/v1/schemas" when context.Description.HttpMethod == "POST" => typeof(IReadOnlyList<DefinitionDescription>),
            _ => null,
        };
        if (body is null) return;
        var schema = await context.GetOrCreateSchemaAsync(body, null, ct);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = context.Description.RelativePath == "api/v1/schemas"
                ? "The gem's db/event_schema.json as it is, at most 1 MiB."
                : "At most 1 MiB, before and after Content-Encoding: gzip. Unknown fields are ignored.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
        };
    }
}

/// <summary>One request of a reporter.</summary>
internal sealed record BatchDescription([property: MaxLength(1000)] IReadOnlyList<EntryDescription> Entries);

/// <summary>One transition of one event.</summary>
internal sealed record EntryDescription(
    [property: Description("1 to 200 characters; an integer is taken as its digits.")] string EventId,
    [property: Description("1 to 200 characters.")] string EventName,
    EntryStatus Status,
    DateTimeOffset Timestamp,
    string? EventType,
    int? EventVersion,
    string? IdempotencyKey,
    string? AggregateType,
    string? AggregateId,
    long? AggregateVersion,
    int? Attempts,
    double? LatencyMs,
    DateTimeOffset? OccurredAt,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? DeadLetteredAt,
    string? ErrorClass,
    [property: Description("Kept to 16 KiB, with its full length beside it.")] string? ErrorMessage);

/// <summary>A sign of life of an app.</summary>
internal sealed record HeartbeatDescription(
    string? AppName,
    string? Environment,
    string? GemVersion,
    string? RubyVersion,
    string? RailsVersion,
    long? UptimeSeconds,
    [property: Description("Fingerprint of each event's schema, by event name.")] IReadOnlyDictionary<string, string>? SchemaFingerprints,
    [property: Description("What the events are: the array of db/event_schema.json."), MaxLength(2000)] IReadOnlyList<DefinitionDescription>? SchemaDefinitions);

/// <summary>One version of an event.</summary>
internal sealed record DefinitionDescription(
    string EventName,
    int EventVersion,
    string EventType,
    string? ProcessType,
    string? Subject,
    string? Domain,
    [property: MaxLength(100)] IReadOnlyList<string>? RequiredInputs,
    [property: MaxLength(100)] IReadOnlyList<string>? OptionalInputs,
    [property: MaxLength(200)] IReadOnlyList<PayloadFieldDescription> PayloadFields,
    [property: Description("As the reporter computes it; a mismatch with ours is shown.")] string? Fingerprint);

internal sealed record PayloadFieldDescription(string Name, string From, string? Attr, bool Required);

/// <param name="Received">Every entry that was sent, rejected ones included.</param>
/// <param name="Rejected">Only there when validation turned some down.</param>
internal sealed record ReceivedDescription(int Received, IReadOnlyList<RejectedDescription>? Rejected);

internal sealed record RejectedDescription(int Index, string Error);

internal sealed record NothingDescription;
