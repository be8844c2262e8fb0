using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Schemas;

/// <summary>What apps said of their schemas, put together per event name.</summary>
internal static class SchemaFingerprints
{
    private const string Sql = """
        select event_name, app_id, fingerprint, first_seen_at from views.schema_fingerprints
        where app_id = any(@apps) and (@name::text is null or event_name = @name)
        order by event_name, first_seen_at, app_id, fingerprint
        """;

    /// <param name="name">Null: of every event.</param>
    public static async Task<IReadOnlyList<SchemaRow>> ReadAsync(ReadSnapshot db, Guid[] apps, string? name = null)
    {
        var rows = await db.ListAsync<Row>(Sql, new { apps, name });
        return [.. rows.GroupBy(row => row.EventName, (eventName, seen) => Describe(eventName, [.. seen]))];
    }

    private static SchemaRow Describe(string eventName, IReadOnlyList<Row> seen) => new(
        eventName,
        Versions: [],
        [.. seen.Select(row => new SchemaFingerprint(new AppId(row.AppId), row.Fingerprint, row.FirstSeenAt))],
        [.. seen.Select(row => new AppId(row.AppId)).Distinct()],
        seen[0].FirstSeenAt,
        seen[^1].FirstSeenAt);

    private sealed record Row(string EventName, Guid AppId, string Fingerprint, DateTimeOffset FirstSeenAt);
}
