using EventEngine.Domain.Entries;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>event_entries</c>: finding the rows that a batch touches, adding new ones and changing old ones.</summary>
internal sealed class EntryRows
{
    private const string Columns = """
        app_id, event_id, received_on, event_name, event_type, event_version, status, attempts, idempotency_key, aggregate_type, aggregate_id,
        aggregate_version, latency_us, latency_approximate, at, occurred_at, published_at, dead_lettered_at, reported_at, error_class, error_message,
        error_message_length, reporter_version, marks, transitions, last_reported_at, first_received_on, days, fingerprint, first_died_at
        """;

    private const string Add = $"copy event_entries ({Columns}) from stdin (format binary)";

    private const string Keyed = "from unnest($1, $2) as k (app_id, event_id) join event_entries e on e.app_id = k.app_id and e.event_id = k.event_id";

    private const string Select = $"""
        select e.app_id, e.event_id, e.received_on, e.event_name, e.event_type, e.event_version, e.idempotency_key, e.aggregate_type, e.aggregate_id,
               e.aggregate_version, e.reporter_version, e.transitions, e.days
        {Keyed}
        """;

    private const string Update = """
        update event_entries e set
            received_on = c.received_on, event_name = c.event_name, event_type = c.event_type, event_version = c.event_version, status = c.status,
            attempts = c.attempts, idempotency_key = c.idempotency_key, aggregate_type = c.aggregate_type, aggregate_id = c.aggregate_id,
            aggregate_version = c.aggregate_version, latency_us = c.latency_us, latency_approximate = c.latency_approximate, at = c.at,
            occurred_at = c.occurred_at, published_at = c.published_at, dead_lettered_at = c.dead_lettered_at, reported_at = c.reported_at,
            error_class = c.error_class, error_message = c.error_message, error_message_length = c.error_message_length,
            reporter_version = c.reporter_version, marks = c.marks, transitions = c.transitions,
            last_reported_at = c.last_reported_at, first_received_on = c.first_received_on, days = c.days, fingerprint = c.fingerprint,
            first_died_at = c.first_died_at
        from changed_entries c
        where e.app_id = c.app_id and e.event_id = c.event_id and e.received_on = $1 and c.stored_on = $1
        """;

    private const string Stage = """
        create temp table if not exists changed_entries (like event_entries, stored_on date not null) on commit delete rows
        """;

    private readonly CopyBuffer _added = new();
    private readonly CopyBuffer _changed = new();
    private KnownKeys? _known; // null: there may be rows of any key
    private bool _hasBegun;

    /// <summary>Rows of recent days first; older ones only for entries that may belong there.</summary>
    public async Task<IEnumerable<TrackedEntry>> FindAsync(NpgsqlConnection db, EntryBatch batch, CancellationToken ct)
    {
        if (!_hasBegun) _known = await db.AsksAsync("select exists (select 1 from event_entries)", ct) ? null : new KnownKeys();
        _hasBegun = true;
        var reported = batch.Reported.Where(reported => _known?.MayHave(reported.Key) != false).ToList();
        if (reported.Count == 0) return [];
        var yesterday = batch.Days.Min().AddDays(-1);
        var found = await FindAsync(db, "e.received_on >= $3", yesterday, reported.Select(reported => reported.Key), ct);
        var known = found.Select(entry => entry.Key).ToHashSet();
        var missing = reported.Where(reported => OlderRows.MayHave(reported.Entry) && !known.Contains(reported.Key)).Select(reported => reported.Key);
        found.AddRange(await FindAsync(db, "e.received_on < $3", yesterday, missing, ct));
        return found;
    }

    /// <summary>Rows of an app that were heard of on that day or before, and again later.</summary>
    public static async Task<List<TrackedEntry>> FindSpreadAsync(NpgsqlConnection db, Guid app, DateOnly day, CancellationToken ct)
    {
        const string Spread = "select * from event_entries where app_id = $1 and days is not null and first_received_on <= $2";
        await using var command = db.Command(Select.Replace(Keyed, $"from ({Spread}) e"), app, day);
        return await ReadAsync(command, ct);
    }

    public async Task SaveAsync(NpgsqlConnection db, IEnumerable<TrackedEntry> entries, CancellationToken ct)
    {
        var days = new HashSet<DateOnly>();
        foreach (var entry in entries)
        {
            if (!entry.HasChanged) continue;
            if (entry.Before is null)
            {
                _known?.Add(entry.Key);
                Write(_added, entry, columns: 30);
                await _added.FlowAsync(db, Add, ct);
                continue;
            }

            Write(_changed, entry, columns: 31);
            _changed.Date(entry.Before.LastDay);
            days.Add(entry.Before.LastDay);
        }

        if (_known?.IsFull == true) _known = null;
        await _added.SendAsync(db, Add, ct);
        if (days.Count == 0) return;
        await db.ExecuteAsync(Stage, ct);
        await _changed.SendAsync(db, $"copy changed_entries ({Columns}, stored_on) from stdin (format binary)", ct);
        foreach (var day in days) await db.ExecuteAsync(Update, ct, day);
    }

    /// <summary>Before rows are saved once more in one transaction: what was staged has been applied, and would be again.</summary>
    public static Task UnstageAsync(NpgsqlConnection db, CancellationToken ct) => db.ExecuteAsync($"{Stage}; truncate changed_entries", ct);

    public void Forget()
    {
        _added.Clear();
        _changed.Clear();
        (_known, _hasBegun) = (null, false);
    }

    private static async Task<List<TrackedEntry>> FindAsync(
        NpgsqlConnection db, string days, DateOnly day, IEnumerable<EntryKey> wanted, CancellationToken ct)
    {
        var keys = wanted.Distinct().ToArray();
        if (keys.Length == 0) return [];
        await using var command = db.Command($"{Select} where {days}", Array.ConvertAll(keys, key => key.App), Array.ConvertAll(keys, key => key.EventId), day);
        return await ReadAsync(command, ct);
    }

    private static async Task<List<TrackedEntry>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var found = new List<TrackedEntry>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) found.Add(Read(row));
        return found;
    }

    private static TrackedEntry Read(NpgsqlDataReader row)
    {
        var key = new EntryKey(row.GetGuid(0), row.GetString(1));
        if (!row.IsDBNull(12)) return new TrackedEntry(key, new EventByDay(DayList.Decode(row.GetFieldValue<byte[]>(12))));
        var entry = new EventEntry(row.GetString(3), TransitionList.Decode(row.GetFieldValue<byte[]>(11)))
        {
            EventType = Text(4),
            EventVersion = row.IsDBNull(5) ? null : row.GetInt32(5),
            IdempotencyKey = Text(6),
            AggregateType = Text(7),
            AggregateId = Text(8),
            AggregateVersion = row.IsDBNull(9) ? null : row.GetInt64(9),
            ReporterVersion = Text(10),
        };
        return new TrackedEntry(key, new EventByDay([new ReceivedDay(row.GetFieldValue<DateOnly>(2), entry)]));

        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
    }

    private static void Write(CopyBuffer to, TrackedEntry tracked, short columns)
    {
        var current = tracked.Current;
        var entry = current.Whole;
        var state = entry.State;
        to.Row(columns);
        to.Uuid(tracked.Key.App);
        to.Text(tracked.Key.EventId);
        to.Date(current.LastDay);
        to.Text(entry.EventName);
        to.Text(entry.EventType);
        to.Int(entry.EventVersion);
        to.Short((short)state.Status);
        to.Int(state.Attempts);
        to.Text(entry.IdempotencyKey);
        to.Text(entry.AggregateType);
        to.Text(entry.AggregateId);
        to.Long(entry.AggregateVersion);
        to.Long(state.LatencyUs);
        to.Bool(state.Marks.HasFlag(EntryMarks.LatencyApproximate));
        to.Time(state.At);
        to.Time(state.OccurredAt);
        to.Time(state.PublishedAt);
        to.Time(state.DeadLetteredAt);
        to.Time(state.ReportedAt);
        to.Text(state.ErrorClass);
        to.Text(state.ErrorMessage);
        to.Int(state.ErrorMessageLength);
        to.Text(entry.ReporterVersion);
        to.Short((short)state.Marks);
        to.Bytes(TransitionList.Encode(entry.Transitions));
        to.Time(state.LastReportedAt);
        if (current.Days.Count == 1)
        {
            to.Null();
            to.Null();
        }
        else
        {
            to.Date(current.FirstDay);
            to.Bytes(DayList.Encode(current.Days));
        }

        to.Long(state.Fingerprint?.Value);
        to.Time(state.FirstDiedAt);
    }
}
