using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Ingestion;
using EventEngine.Projections.Runtime;
using Npgsql;

namespace EventEngine.Projections.Entries;

/// <summary>The table <c>received_days</c>: on which days something came, and how much of it was late.</summary>
internal sealed class ReceivedDays
{
    private const string Upsert = """
        insert into received_days as t (app_id, day, late) select * from unnest($1, $2, $3)
        on conflict (app_id, day) do update set late = t.late + excluded.late
        """;

    private readonly Dictionary<(AppId App, DateOnly Day), long> _days = [];

    public void Add(AppId app, DateTimeOffset at) => Add(app, DateOnly.FromDateTime(at.UtcDateTime), late: 0);

    public void Add(AppId app, EntryReported entry)
    {
        var day = Transition.DayOf(entry);
        Add(app, day, DateOnly.FromDateTime(entry.Timestamp.UtcDateTime) < day.AddDays(-1) ? 1 : 0);
    }

    public async Task SaveAsync(NpgsqlConnection db, CancellationToken ct)
    {
        if (_days.Count == 0) return;
        var rows = _days.ToArray();
        await db.ExecuteAsync(
            Upsert, ct, Array.ConvertAll(rows, row => row.Key.App.Value), Array.ConvertAll(rows, row => row.Key.Day), Array.ConvertAll(rows, row => row.Value));
    }

    private void Add(AppId app, DateOnly day, long late) => _days[(app, day)] = _days.GetValueOrDefault((app, day)) + late;
}
