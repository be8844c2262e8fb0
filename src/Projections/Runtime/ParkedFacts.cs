using Npgsql;

namespace EventEngine.Projections.Runtime;

/// <summary>The events that a projection passes over, because an operator has parked them.</summary>
/// <param name="again">Parked, but to be applied again by this build.</param>
internal sealed class ParkedFacts(NpgsqlDataSource dataSource, string projection, Guid[] again)
{
    private const string Select = "select event_id from app.parked_events where projection = $1 and unparked_at is null and not event_id = any($2)";

    private HashSet<Guid> _events = [];

    public bool Include(StoredFact fact) => _events.Count > 0 && _events.Contains(fact.Id);

    /// <summary>Knows those that are parked by now.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await using var db = await dataSource.OpenConnectionAsync(ct);
        await using var command = db.Command(Select, projection, again);
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new HashSet<Guid>();
        while (await row.ReadAsync(ct)) events.Add(row.GetGuid(0));
        _events = events;
    }
}
