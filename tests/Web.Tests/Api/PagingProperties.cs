using EventEngine.Application.Entries;
using EventEngine.Domain.Apps;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Web.Tests.Api;

/// <summary>Rows of every shape, put straight into the table: what the list says must not depend on how they came there.</summary>
public sealed class PagingProperties(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Insert = """
        insert into views.event_entries (app_id, event_id, received_on, event_name, event_version, status, attempts, latency_us, latency_approximate, at,
                                         reported_at, last_reported_at, marks, transitions)
        values ($1, $2, '2026-03-01', $3, $4, $5, $6, $7, false, $8, $9, $9, 0, '')
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sorts = [.. new[] { "at", "event_name", "status", "version", "attempts", "latency_ms", "reported_at" }.SelectMany(sort => new[] { sort, $"-{sort}" })];

    // Few different values, so that ties are common.
    private static readonly Gen<Row> Rows =
        from name in Gen.Elements("a", "b", "ä")
        from version in Gen.Elements<int?>(null, 1, 2)
        from status in Gen.Elements(0, 1, 2)
        from attempts in Gen.Elements<int?>(null, 0, 3)
        from latency in Gen.Elements<long?>(null, 0, 1, 1001)
        from second in Gen.Choose(0, 5)
        select new Row(name, version, status, attempts, latency, Start.AddSeconds(second), Start.AddSeconds(5 - second));

    [Fact]
    public async Task Paging_yields_every_row_once_in_order_whatever_arrives_meanwhile()
    {
        await using (var partition = host.Database.DataSource.CreateCommand(
            "create table views.event_entries_paging partition of views.event_entries for values from ('2026-03-01') to ('2026-03-02')"))
            await partition.ExecuteNonQueryAsync();
        var cases =
            from rows in Rows.ArrayOf(25)
            from later in Rows.ArrayOf(10)
            from sort in Gen.Elements(Sorts)
            from limit in Gen.Choose(1, 9)
            select (rows, later, sort, limit);
        Prop.ForAll(cases.ToArbitrary(), test => Check(test.rows, test.later, test.sort, test.limit).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task Check(Row[] rows, Row[] later, string sort, int limit)
    {
        var app = new AppId(Guid.NewGuid());
        await using (var own = host.Database.DataSource.CreateCommand("insert into views.apps values ($1, $2, 'x', 'y', now())"))
        {
            own.Parameters.AddWithValue(app.Value);
            own.Parameters.AddWithValue(host.Ours.Organization.Value);
            await own.ExecuteNonQueryAsync();
        }

        await InsertAsync(app, rows, "first");
        var all = await PageAsync(app, sort, null, 500);
        var (seen, cursor) = (new List<EventRow>(), (string?)null);
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            var answer = await PageAsync(app, sort, cursor, limit);
            page.ShouldBeLessThanOrEqualTo(rows.Length + later.Length, "it goes round in circles");
            answer.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            seen.AddRange(answer.Items);
            cursor = answer.NextCursor;
            if (page == 1) await InsertAsync(app, later, "later");
        }

        seen.Select(row => row.EventId).Where(id => id.StartsWith("first", StringComparison.Ordinal)).ShouldBe(all.Items.Select(row => row.EventId));
        seen.Select(row => row.EventId).ShouldBeUnique();
        all.Items.Count.ShouldBe(rows.Length);
        Sorted(seen, sort).ShouldBeTrue($"sorted by {sort}");
    }

    private async Task<Application.Shared.Page<EventRow>> PageAsync(AppId app, string sort, string? cursor, int limit) =>
        (await host.SendAsync(new ListEvents(host.Ours.Organization, app, new EventCriteria(), sort, cursor, limit))).Value;

    private static bool Sorted(IReadOnlyList<EventRow> rows, string sort)
    {
        Func<EventRow, EventRow, int> compare = sort.TrimStart('-') switch
        {
            "at" => (a, b) => a.At.CompareTo(b.At),
            "event_name" => (a, b) => string.CompareOrdinal(a.EventName, b.EventName),
            "status" => (a, b) => a.Status.CompareTo(b.Status),
            "version" => (a, b) => Nullable.Compare(a.EventVersion, b.EventVersion),
            "attempts" => (a, b) => Nullable.Compare(a.Attempts, b.Attempts),
            "latency_ms" => (a, b) => Nullable.Compare(a.LatencyMs, b.LatencyMs),
            _ => (a, b) => a.ReportedAt.CompareTo(b.ReportedAt),
        };
        var sign = sort[0] == '-' ? -1 : 1;
        return rows.Zip(rows.Skip(1)).All(pair => sign * compare(pair.First, pair.Second) <= 0);
    }

    private async Task InsertAsync(AppId app, Row[] rows, string prefix)
    {
        await using var batch = host.Database.DataSource.CreateBatch();
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, command) = (rows[i], batch.CreateBatchCommand());
            command.CommandText = Insert;
            foreach (var value in new object?[] { app.Value, $"{prefix}-{i}", row.Name, row.Version, (short)row.Status, row.Attempts, row.LatencyUs, row.At, row.ReportedAt })
                command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private sealed record Row(string Name, int? Version, int Status, int? Attempts, long? LatencyUs, DateTimeOffset At, DateTimeOffset ReportedAt);
}
