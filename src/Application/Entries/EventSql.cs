using System.Text;
using Dapper;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;

namespace EventEngine.Application.Entries;

/// <summary>The parts from which questions about event rows are put together. Values are always parameters, never text.</summary>
internal sealed class EventSql
{
    public const string Columns = """
        event_id, event_name, event_type, event_version, status::int as status, attempts, idempotency_key, aggregate_type, aggregate_id,
        aggregate_version, latency_us / 1000.0::float8 as latency_ms, latency_approximate, at, occurred_at, published_at, dead_lettered_at,
        reported_at, error_class, error_message, reporter_version as gem_version
        """;

    private readonly StringBuilder _where = new("app_id = @app");

    public EventSql(AppId app) => Parameters.Add("app", app.Value);

    public DynamicParameters Parameters { get; } = new();

    public string Where => _where.ToString();

    public EventSql With(string name, object value)
    {
        Parameters.Add(name, value);
        return this;
    }

    /// <param name="value">No condition without one.</param>
    public EventSql And(string condition, string name, object? value)
    {
        if (value is null) return this;
        return And(condition).With(name, value);
    }

    /// <summary>A condition that has its parameters already.</summary>
    public EventSql And(string condition)
    {
        _where.Append(" and ").Append(condition);
        return this;
    }

    public EventSql And(EventCriteria criteria)
    {
        And("event_name = @name", "name", criteria.EventName);
        And("event_version = @version", "version", criteria.Version);
        And("at >= @from", "from", criteria.From);
        And("at < @to", "to", criteria.To);
        // As a number, not a parameter: only so can the planner see that the partial index of unfinished events serves.
        if (EventCriteria.StatusOf(criteria.Status) is { } status) And($"status = {(int)status}");
        return this;
    }

    /// <summary>Those that are dead-lettered now.</summary>
    public EventSql And(DeadLetterCriteria criteria)
    {
        And("status = 2");
        And("fingerprint = @fingerprint", "fingerprint", ErrorFingerprint.Parse(criteria.Group)?.Value);
        And("event_name = @name", "name", criteria.EventName);
        And("event_version = @version", "version", criteria.Version);
        And("error_class = @error_class", "error_class", criteria.ErrorClass);
        And("attempts >= @least", "least", criteria.AttemptsAtLeast);
        And("attempts <= @most", "most", criteria.AttemptsAtMost);
        And("dead_lettered_at >= @from", "from", criteria.From);
        And("dead_lettered_at < @to", "to", criteria.To);
        if (criteria.Q is not { Length: > 0 } q) return this;
        return And($"(event_id like @prefix or ({EventSearch.HasError} and (error_message ilike @part or error_class ilike @part)))", "prefix", StorableText.Prefix(q))
            .With("part", StorableText.Part(q));
    }
}
