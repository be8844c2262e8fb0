using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EventEngine.Application.Entries;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

internal sealed record RangeParameters
{
    [Description("Start of the range, inclusive, RFC 3339. By default an hour before its end.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("End of the range, exclusive, RFC 3339. By default now.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }
}

internal sealed record PastParameters
{
    [Description("As it was known then: only what had been received by that time, RFC 3339. By default now.")]
    [FromQuery(Name = "as_of")]
    public DateTimeOffset? AsOf { get; init; }
}

internal sealed record ChartParameters
{
    [Description("Start of the range, inclusive, RFC 3339. By default an hour before its end.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("End of the range, exclusive, RFC 3339. By default now.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    [Description("Width of a point. By default the finest that gives at most 300 points; at most 1,500 points.")]
    [AllowedValues("1m", "5m", "1h", "1d")]
    [FromQuery(Name = "step")]
    public string? Step { get; init; }

    [Description("Only events of this name.")]
    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }
}

internal sealed record EventParameters
{
    [Description("Only events of this name.")]
    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }

    [Description("Only events whose current status it is.")]
    [AllowedValues("emitted", "published", "dead_lettered")]
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [Description("Only events of this version.")]
    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [Description("The event's own time, inclusive, RFC 3339.")]
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    [Description("The event's own time, exclusive, RFC 3339.")]
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    [Description("Beginning of the event id, or, from three characters on, a part of the error's class or message; where neither matches, the whole idempotency key.")]
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [Description("Only events of aggregates of this type.")]
    [FromQuery(Name = "aggregate_type")]
    public string? AggregateType { get; init; }

    [Description("Only events of the aggregate with this id.")]
    [FromQuery(Name = "aggregate_id")]
    public string? AggregateId { get; init; }

    [Description("Only this class of error.")]
    [FromQuery(Name = "error_class")]
    public string? ErrorClass { get; init; }

    [Description("At least that many attempts.")]
    [FromQuery(Name = "attempts")]
    public int? Attempts { get; init; }

    [Description("Publish latency, inclusive.")]
    [FromQuery(Name = "min_latency_ms")]
    public double? MinLatencyMs { get; init; }

    [Description("Publish latency, inclusive.")]
    [FromQuery(Name = "max_latency_ms")]
    public double? MaxLatencyMs { get; init; }

    public EventCriteria Criteria => new(
        EventName, Status, Version, From, To, Q, AggregateType, AggregateId, ErrorClass, Attempts, MinLatencyMs, MaxLatencyMs);
}

internal sealed record ExportParameters
{
    [Description("Latest first, or oldest first.")]
    [AllowedValues("-at", "at")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }
}

internal sealed record EventPageParameters
{
    [Description("at, reported_at, event_name, event_id, status, version, attempts or latency_ms; descending with a leading dash. By default -at. In another order than by at, the last 24 hours of the range are sorted: sorted_from says since when.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("next_cursor or previous_cursor of a page, with the same filters and order.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Events on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}

internal sealed record PageParameters
{
    [Description("next_cursor of the page before.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Rows on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }
}
