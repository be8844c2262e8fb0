using System.Text.Json;
using EventEngine.Application.EventStore;
using EventEngine.Application.Pipeline;
using EventEngine.Infrastructure.EventStore.Embedded;
using Npgsql;

namespace EventEngine.Projections.CommandLine;

/// <summary>One projection against the store, as anybody can read it from outside the worker.</summary>
internal sealed record ProjectionReport(string Name, StorePosition? Position, long Applied, string State, string? Error, PoisonEvent? ErrorEvent, long Parked)
{
    private const string Checkpoints = """
        select projection, commit_position, prepare_position, applied, state, error, error_event::text,
               (select count(*) from app.parked_events p where p.projection = c.projection and p.unparked_at is null)
        from views.checkpoints c order by projection
        """;

    private const int LongestLook = 100;

    public StorePosition? Head { get; private init; }

    /// <summary>Null where positions don't count events.</summary>
    public long? LagEvents { get; private init; }

    /// <summary>Age of the oldest event beyond the position.</summary>
    public TimeSpan Waiting { get; private init; }

    public static async Task<IReadOnlyList<ProjectionReport>> ReadAsync(NpgsqlDataSource db, IEventStore store, DateTimeOffset now, CancellationToken ct)
    {
        var reports = new List<ProjectionReport>();
        await using (var command = db.CreateCommand(Checkpoints))
        await using (var row = await command.ExecuteReaderAsync(ct))
        {
            while (await row.ReadAsync(ct)) reports.Add(Read(row));
        }

        var head = await store.ReadHeadAsync(ct);
        for (var i = 0; i < reports.Count; i++) reports[i] = await reports[i].AgainstAsync(head, store, now, ct);
        return reports;
    }

    private static ProjectionReport Read(NpgsqlDataReader row)
    {
        var position = row.GetInt64(1) < 0 ? (StorePosition?)null : new StorePosition(row.GetInt64(1), row.GetInt64(2));
        return new ProjectionReport(row.GetString(0), position, row.GetInt64(3), row.GetString(4), Text(5), PoisonEvent.Parse(Text(6)), row.GetInt64(7));

        string? Text(int at) => row.IsDBNull(at) ? null : row.GetString(at);
    }

    private async Task<ProjectionReport> AgainstAsync(StorePosition? head, IEventStore store, DateTimeOffset now, CancellationToken ct)
    {
        if (head is not { } last || Position >= last) return this with { Head = head, LagEvents = 0 };
        var lag = store is EmbeddedEventStore ? last.Commit - (Position?.Commit ?? -1) : (long?)null;
        return this with { Head = head, LagEvents = lag, Waiting = now - (await NextAtAsync(store, ct) ?? now) };
    }

    // The next event may be just the one that can't be read.
    private async Task<DateTimeOffset?> NextAtAsync(IEventStore store, CancellationToken ct)
    {
        await foreach (var next in store.ReadAllAsync(from: Position, limit: LongestLook, ct: ct))
        {
            try
            {
                return FactJson.Deserialize(next.Type, next.Data.Span).At;
            }
            catch (Exception e) when (e is JsonException or UnknownFactTypeException or FormatException or ArgumentException or InvalidOperationException)
            {
                continue;
            }
        }

        return null;
    }
}
