using EventEngine.Application.Entries;
using EventEngine.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

/// <summary>What the address of the list asks for, as it stands there.</summary>
public sealed record EventFilter
{
    [FromQuery(Name = "event_name")]
    public string? EventName { get; init; }

    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "version")]
    public int? Version { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "aggregate_type")]
    public string? AggregateType { get; init; }

    [FromQuery(Name = "aggregate_id")]
    public string? AggregateId { get; init; }

    [FromQuery(Name = "error_class")]
    public string? ErrorClass { get; init; }

    [FromQuery(Name = "attempts")]
    public int? Attempts { get; init; }

    [FromQuery(Name = "min_latency_ms")]
    public double? MinLatencyMs { get; init; }

    [FromQuery(Name = "max_latency_ms")]
    public double? MaxLatencyMs { get; init; }

    public bool IsEmpty => !Chips(at => at).Any();

    /// <summary>How many of those are set that are seldom needed.</summary>
    public int More => Chips(at => at).Count(chip => chip.Parameter is "version" or "aggregate_type" or "aggregate_id" or "error_class" or "attempts" or "min_latency_ms" or "max_latency_ms");

    public EventCriteria Criteria(Viewer viewer) => new(
        Blank(EventName), Blank(Status), Version, viewer.ReadTime(From), viewer.ReadTime(To), Blank(Q), Blank(AggregateType), Blank(AggregateId),
        Blank(ErrorClass), Attempts, MinLatencyMs, MaxLatencyMs);

    /// <summary>Those that are set, in the order of the bar.</summary>
    public IEnumerable<FilterChip> Chips(Func<string, string> time) => new FilterChip?[]
    {
        Chip("event_name", "Event", EventName),
        Chip("status", "Status", Blank(Status) is { } status && EventCriteria.StatusOf(status) is { } known ? Words.Of(known) : Status),
        Chip("q", "Text", Q),
        Chip("from", "From", From is { Length: > 0 } ? time(From) : null),
        Chip("to", "To", To is { Length: > 0 } ? time(To) : null),
        Chip("version", "Version", Version is { } version ? $"v{version}" : null),
        Chip("error_class", "Error class", ErrorClass),
        Chip("attempts", "Attempts", Attempts is { } attempts ? $"{attempts} or more" : null),
        Chip("min_latency_ms", "Latency", MinLatencyMs is { } least ? $"{Words.Ms(least)} or more" : null),
        Chip("max_latency_ms", "Latency", MaxLatencyMs is { } most ? $"{Words.Ms(most)} or less" : null),
        Chip("aggregate_type", "Aggregate type", AggregateType),
        Chip("aggregate_id", "Aggregate id", AggregateId),
    }.OfType<FilterChip>();

    private static FilterChip? Chip(string parameter, string label, string? value) => Blank(value) is { } set ? new FilterChip(parameter, label, set) : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A filter that is set, and can be taken away.</summary>
public sealed record FilterChip(string Parameter, string Label, string Value);
