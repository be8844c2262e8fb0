using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Schemas;

/// <summary>The table <c>emitted_versions</c>: between which times events of each version lie. Order and repetition make no difference.</summary>
internal sealed class EmittedVersions
{
    private const string Save = """
        insert into emitted_versions as t (app_id, event_name, event_version, received_on, first_at, last_at) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (app_id, event_name, event_version, received_on) do update set
            first_at = least(t.first_at, excluded.first_at), last_at = greatest(t.last_at, excluded.last_at)
        where excluded.first_at < t.first_at or excluded.last_at > t.last_at
        """;

    private const string ForgetDay = "delete from emitted_versions where app_id = $1 and received_on = $2";

    private readonly Dictionary<Key, Span> _spans = [];

    public void Add(Guid app, EntryReported entry)
    {
        var key = new Key(app, entry.EventName, entry.EventVersion, Transition.DayOf(entry));
        var at = Earlier(entry.OccurredAt ?? entry.Timestamp, entry.At).ToUniversalTime();
        _spans[key] = _spans.TryGetValue(key, out var span) ? new Span(Earlier(span.First, at), at > span.Last ? at : span.Last) : new Span(at, at);
    }

    public async Task SaveAsync(NpgsqlConnection db, CancellationToken ct)
    {
        if (_spans.Count == 0) return;
        var rows = _spans.ToArray();
        _spans.Clear();
        await db.ExecuteAsync(
            Save,
            ct,
            Array.ConvertAll(rows, row => row.Key.App),
            Array.ConvertAll(rows, row => row.Key.EventName),
            Array.ConvertAll(rows, row => row.Key.EventVersion),
            Array.ConvertAll(rows, row => row.Key.ReceivedOn),
            Array.ConvertAll(rows, row => row.Value.First),
            Array.ConvertAll(rows, row => row.Value.Last));
    }

    /// <summary>What was added is not to be saved after all.</summary>
    public void Clear() => _spans.Clear();

    public static Task ForgetAsync(NpgsqlConnection db, Guid app, DateOnly day, CancellationToken ct) => db.ExecuteAsync(ForgetDay, ct, app, day);

    // A clock that is ahead must not make an event look newer than it can be.
    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a <= b ? a : b;

    private readonly record struct Key(Guid App, string EventName, int? EventVersion, DateOnly ReceivedOn);

    private readonly record struct Span(DateTimeOffset First, DateTimeOffset Last);
}
