using EventEngine.Application.Shared;
using EventEngine.Domain.Entries;
using FluentValidation;

namespace EventEngine.Application.Entries;

/// <param name="Status">emitted, published or dead_lettered.</param>
/// <param name="From">Own time of the event, inclusive; <paramref name="To"/> is exclusive.</param>
/// <param name="Q">Beginning of the event id, or, from three characters on, a part of the error's class or message; where neither matches, the whole idempotency key.</param>
/// <param name="Attempts">At least that many.</param>
/// <param name="MinLatencyMs">Publish latency, inclusive like <paramref name="MaxLatencyMs"/>. Events without a latency are not in any range.</param>
public sealed record EventCriteria(
    string? EventName = null,
    string? Status = null,
    int? Version = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Q = null,
    string? AggregateType = null,
    string? AggregateId = null,
    string? ErrorClass = null,
    int? Attempts = null,
    double? MinLatencyMs = null,
    double? MaxLatencyMs = null)
    : ITimeRange
{
    private const double LongestMs = 1e12;
    private static readonly string[] Statuses = ["emitted", "published", "dead_lettered"];

    /// <returns>Null for a name that is no status.</returns>
    public static EntryStatus? StatusOf(string? name) => Array.IndexOf(Statuses, name) is >= 0 and var index ? (EntryStatus)index : null;

    public sealed class Validator : AbstractValidator<EventCriteria>
    {
        public Validator()
        {
            Include(TimeRangeRules.Open);
            RuleFor(criteria => criteria.EventName).SearchText("event_name");
            RuleFor(criteria => criteria.Q).SearchText("q");
            RuleFor(criteria => criteria.AggregateType).SearchText("aggregate_type");
            RuleFor(criteria => criteria.AggregateId).SearchText("aggregate_id");
            RuleFor(criteria => criteria.ErrorClass).SearchText("error_class");
            RuleFor(criteria => criteria.Attempts).GreaterThanOrEqualTo(0).WithMessage("attempts is 0 or more.");
            RuleFor(criteria => criteria.MinLatencyMs).InclusiveBetween(0, LongestMs).WithMessage("min_latency_ms is 0 or more.");
            RuleFor(criteria => criteria.MaxLatencyMs).InclusiveBetween(0, LongestMs).WithMessage("max_latency_ms is 0 or more.");
            RuleFor(criteria => criteria.MaxLatencyMs).GreaterThanOrEqualTo(criteria => criteria.MinLatencyMs)
                .When(criteria => criteria.MinLatencyMs is not null).WithMessage("max_latency_ms is not below min_latency_ms.");
            RuleFor(criteria => criteria.Status).Must(status => status is null || StatusOf(status) is not null)
                .WithMessage($"status is one of {string.Join(", ", Statuses)}.");
        }
    }
}
