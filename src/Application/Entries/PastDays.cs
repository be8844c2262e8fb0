using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Domain.Shared;
using FluentValidation;
using FluentValidation.Results;

namespace EventEngine.Application.Entries;

/// <summary>
/// Reads the day that a moment lies in, up to the moment. What we knew then is what days before it count, and what this day's entries had
/// changed: only entries received by then matter, whatever came later.
/// </summary>
internal static class PastDays
{
    /// <summary>A day's events up to the moment; a second or two of work.</summary>
    private const int MostEvents = 1_000_000;

    private const int Together = 5_000;

    /// <summary>Processes' clocks differ: what was received by then may stand a little behind what was received later.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(5);

    private const string Deleted = "select exists (select 1 from views.received_days where app_id = @app and day >= @day and deleted_at is not null)";

    private const string Rows = """
        select event_id, received_on, event_name, transitions, days from views.event_entries where app_id = @app and event_id = any(@ids)
        """;

    public static DateOnly DayOf(DateTimeOffset asOf) => DateOnly.FromDateTime(asOf.UtcDateTime);

    /// <exception cref="ValidationException">The moment is not over yet, or the plan keeps its entries no longer.</exception>
    public static async Task<PastDay> ReadAsync(IEventStore store, ReadSnapshot db, AppId app, DateTimeOffset asOf, DateTimeOffset now, CancellationToken ct)
    {
        var day = DayOf(asOf);
        if (asOf > now) throw Refused("as_of lies in the future.");
        if (asOf < db.RetainedSince || await db.SingleAsync<bool>(Deleted, new { app = app.Value, day }))
            throw Refused($"as_of lies before {db.RetainedSince.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}: the plan keeps entries no longer than that.");
        var facts = await FactsAsync(store, app, day, asOf, ct);
        return PastDay.Fold(app, day, facts, await KnownAsync(db, app, facts));
    }

    private static async Task<List<IFact>> FactsAsync(IEventStore store, AppId app, DateOnly day, DateTimeOffset asOf, CancellationToken ct)
    {
        var facts = new List<IFact>();
        await foreach (var recorded in store.ReadStreamAsync(StreamName.Entries(app, day), ct: ct))
        {
            var fact = FactJson.Deserialize(recorded.Type, recorded.Data.Span);
            if (fact.At > asOf + Disorder) break;
            if (fact.At > asOf) continue;
            if (facts.Count == MostEvents) throw Refused($"as_of has more than {MostEvents:N0} entries of its day before it: choose an earlier moment, or midnight.");
            facts.Add(fact);
        }

        return facts;
    }

    private static async Task<ILookup<string, EventByDay>> KnownAsync(ReadSnapshot db, AppId app, List<IFact> facts)
    {
        var ids = facts.OfType<EntryReported>().Select(entry => entry.EventId).Distinct();
        var rows = new List<Row>();
        foreach (var some in ids.Chunk(Together)) rows.AddRange(await db.ListAsync<Row>(Rows, new { app = app.Value, ids = some }));
        return rows.ToLookup(row => row.EventId, row => row.ToEvent());
    }

    private static ValidationException Refused(string why) => new([new ValidationFailure("as_of", why)]);

    private sealed record Row(string EventId, DateOnly ReceivedOn, string EventName, byte[] Transitions, byte[]? Days)
    {
        public EventByDay ToEvent() =>
            new(Days is null ? [new ReceivedDay(ReceivedOn, new EventEntry(EventName, TransitionList.Decode(Transitions)))] : DayList.Decode(Days));
    }
}
