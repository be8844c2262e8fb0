using System.Globalization;
using System.Text;
using Dapper;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.DeadLetters;
using EventEngine.Domain.Entries;

namespace EventEngine.Application.Entries;

/// <summary>
/// The parts from which questions about event rows are put together. One index leads through the rows in order of time; what it can't
/// tell is judged row by row, so that the work for an answer can be bounded. Values are always parameters, never text.
/// </summary>
internal sealed class EventSql
{
    public const string Columns = """
        event_id, event_name, event_type, event_version, status::int as status, attempts, idempotency_key, aggregate_type, aggregate_id,
        aggregate_version, latency_us / 1000.0::float8 as latency_ms, latency_approximate, at, occurred_at, published_at, dead_lettered_at,
        reported_at, error_class, error_message, reporter_version as gem_version
        """;

    private readonly StringBuilder _where = new("app_id = @app");
    private readonly StringBuilder _judged = new();
    private bool _isLed;

    public EventSql(AppId app) => Parameters.Add("app", app.Value);

    public DynamicParameters Parameters { get; } = new();

    /// <summary>What the leading index can tell.</summary>
    public string Where => _where.ToString();

    /// <summary>What remains to be judged; empty: nothing.</summary>
    public string Judged => _judged.ToString();

    /// <summary>The series of the rollups that counts the rows which are led to: empty for all of the app, or an event name. Null: none does.</summary>
    public string? Series { get; private set; } = "";

    public EventSql With(string name, object value)
    {
        Parameters.Add(name, value);
        return this;
    }

    /// <param name="value">No condition without one.</param>
    public EventSql And(string condition, string name, object? value) => value is null ? this : And(condition).With(name, value);

    /// <summary>A condition that has its parameters already.</summary>
    public EventSql And(string condition)
    {
        _where.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>What is judged stands in no index: each row has to be fetched.</summary>
    public bool NeedsRows { get; private set; }

    /// <summary>A condition that does not lead.</summary>
    /// <param name="needsRow">No index carries its column along.</param>
    public EventSql Judge(string condition, bool needsRow = false)
    {
        NeedsRows |= needsRow;
        _judged.Append(_judged.Length == 0 ? "" : " and ").Append(condition);
        return this;
    }

    /// <summary>Those that are dead-lettered now.</summary>
    public EventSql And(DeadLetterCriteria criteria) => And("status = 2").AndOf(criteria);

    /// <summary>With those that were published since.</summary>
    public EventSql AndEverDied(DeadLetterCriteria criteria) => And("fingerprint is not null").AndOf(criteria);

    /// <summary>As far as the sums of deaths know it.</summary>
    public EventSql AndNamed(DeadLetterCriteria criteria)
    {
        And("fingerprint = @fingerprint", "fingerprint", ErrorFingerprint.Parse(criteria.Group)?.Value);
        And("fingerprint = any(@fingerprints)", "fingerprints", criteria.Groups?.Select(group => ErrorFingerprint.Parse(group)!.Value.Value).ToArray());
        And("event_name = @name", "name", criteria.EventName);
        return And("event_version = @version", "version", criteria.Version);
    }

    private EventSql AndOf(DeadLetterCriteria criteria)
    {
        AndNamed(criteria);
        And("error_class = @error_class and length(error_class) <= 200", "error_class", criteria.ErrorClass);
        And("attempts >= @least", "least", criteria.AttemptsAtLeast);
        And("attempts <= @most", "most", criteria.AttemptsAtMost);
        And("dead_lettered_at >= @from", "from", criteria.From);
        And("dead_lettered_at < @to", "to", criteria.To);
        return criteria.Q is { Length: > 0 } q ? And(EventSearch.ByIdOrError).With("prefix", StorableText.Prefix(q)).With("part", StorableText.Part(q)) : this;
    }

    /// <summary>A condition by which the rows can be found: it leads if it is the first of its kind.</summary>
    public EventSql Lead(string condition, bool needsRow = false, string? series = null)
    {
        if (_isLed) return Judge(condition, needsRow);
        (_isLed, Series) = (true, series);
        return And(condition);
    }

    public EventSql During(EventCriteria criteria) => And("at >= @from", "from", criteria.From).And("at < @to", "to", criteria.To);

    /// <summary>What is asked besides time and text. Those that leave the fewest rows come first. Numbers of partial indexes stand in the text: only so does the planner see that one serves.</summary>
    public EventSql And(EventCriteria criteria)
    {
        if (criteria.AggregateId is { } aggregate) Lead("aggregate_id = @aggregate_id", needsRow: true).With("aggregate_id", aggregate);
        if (criteria.ErrorClass is { } error) Lead("error_class = @error_class and length(error_class) <= 200", needsRow: true).With("error_class", error);
        var status = EventCriteria.StatusOf(criteria.Status);
        if (status is EntryStatus.Emitted or EntryStatus.DeadLettered) Lead($"status = {(int)status}");
        if (criteria.Attempts is > 1) Lead("attempts > 1");
        if (criteria.Attempts is > 2 and var attempts) Judge($"attempts >= {Text(attempts)}");
        if (criteria.EventName is { } name) Lead("event_name = @name", series: name).With("name", name);
        if (criteria.AggregateType is { } type) Judge("aggregate_type = @aggregate_type", needsRow: true).With("aggregate_type", type);
        if (criteria.Version is { } version) Judge("event_version = @version").With("version", version);
        if (status is EntryStatus.Published) Judge("status = 1");
        if (criteria.Attempts is <= 1 and var few) Judge($"attempts >= {Text(few)}");
        if (criteria.MinLatencyMs is { } least) Judge("latency_us >= @least_us").With("least_us", (long)Math.Ceiling(least * 1000));
        if (criteria.MaxLatencyMs is { } most) Judge("latency_us <= @most_us").With("most_us", (long)Math.Floor(most * 1000));
        return this;
    }

    /// <summary>All of them, for rows that were found already.</summary>
    public EventSql AndAll(EventCriteria criteria)
    {
        And(criteria);
        if (_judged.Length > 0) And(Judged);
        _judged.Clear();
        return this;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
