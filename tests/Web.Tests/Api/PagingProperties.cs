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
                                         reported_at, last_reported_at, marks, transitions, error_class, error_message, aggregate_type, aggregate_id)
        values ($1, $2, '2026-03-01', $3, $4, $5, $6, $7, false, $8, $9, $9, 0, '', $10, $10, case when $11 = '7' then 'Order' end, $11)
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sorts = [.. new[] { "at", "event_name", "event_id", "status", "version", "attempts", "latency_ms", "reported_at" }.SelectMany(sort => new[] { sort, $"-{sort}" })];

    // Few different values, so that ties are common.
    private static readonly Gen<Row> Rows =
        from name in Gen.Elements("a", "b", "ä")
        from version in Gen.Elements<int?>(null, 1, 2)
        from status in Gen.Elements(0, 1, 2)
        from attempts in Gen.Elements<int?>(null, 0, 3)
        from latency in Gen.Elements<long?>(null, 0, 1, 1001)
        from second in Gen.Choose(0, 5)
        from error in Gen.Elements(null, "Timeout::Error", "Kafka::Down")
        from aggregate in Gen.Elements(null, "7", "8")
        select new Row(name, version, status, attempts, latency, Start.AddSeconds(second), Start.AddSeconds(5 - second), error, aggregate);

    // Every way in which rows are found: led by an index or not, judged, looked up by text.
    private static readonly EventCriteria[] Filters =
    [
        new(), new(EventName: "a"), new(Status: "dead_lettered"), new(Status: "published"), new(Version: 1), new(Attempts: 2), new(Attempts: 0), new(ErrorClass: "Timeout::Error"),
        new(AggregateId: "7"), new(AggregateType: "Order"), new(MinLatencyMs: 0.001, MaxLatencyMs: 1), new(Q: "first"), new(Q: "imeout"), new(Q: "first-1"),
        new(EventName: "b", Status: "emitted"), new(EventName: "a", Version: 2), new(Q: "Timeout", EventName: "a"), new(AggregateId: "8", Attempts: 1, From: Start.AddSeconds(2)),
    ];

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
            from filter in Gen.Elements(Filters)
            from limit in Gen.Choose(1, 9)
            select new Case(rows, later, sort, filter, limit);
        Prop.ForAll(cases.ToArbitrary(), test => Check(test).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private async Task Check(Case test)
    {
        var app = new AppId(Guid.NewGuid());
        await using (var own = host.Database.DataSource.CreateCommand("insert into views.apps values ($1, $2, 'x', 'y', now())"))
        {
            own.Parameters.AddWithValue(app.Value);
            own.Parameters.AddWithValue(host.Ours.Organization.Value);
            await own.ExecuteNonQueryAsync();
        }

        await InsertAsync(app, test.Rows, "first");
        var all = await PageAsync(app, test, null, 500);
        var (seen, cursor, last) = (new List<EventRow>(), (string?)null, (EventPage?)null);
        for (var page = 0; page == 0 || cursor is not null; page++)
        {
            last = await PageAsync(app, test, cursor, test.Limit);
            page.ShouldBeLessThanOrEqualTo(test.Rows.Length + test.Later.Length, "it goes round in circles");
            last.Items.Count.ShouldBeLessThanOrEqualTo(test.Limit);
            seen.AddRange(last.Items);
            cursor = last.NextCursor;
            if (page == 1) await InsertAsync(app, test.Later, "later");
        }

        FirstOf(seen).ShouldBe(FirstOf(all.Items));
        seen.Select(row => row.EventId).ShouldBeUnique();
        all.Items.Count.ShouldBe(test.Rows.Where(test.Matches).Count());
        Sorted(seen, test.Sort).ShouldBeTrue($"sorted by {test.Sort}");
        var back = await BackAsync(app, test, last!);
        FirstOf(back).ShouldBe(FirstOf(all.Items));
        Sorted(back, test.Sort).ShouldBeTrue($"sorted by {test.Sort} on the way back");
    }

    /// <summary>From the last page to the first.</summary>
    private async Task<IReadOnlyList<EventRow>> BackAsync(AppId app, Case test, EventPage page)
    {
        var seen = page.Items.ToList();
        while (page.PreviousCursor is { } cursor)
        {
            page = await PageAsync(app, test, cursor, test.Limit);
            seen.InsertRange(0, page.Items);
        }

        return seen;
    }

    private static IEnumerable<string> FirstOf(IEnumerable<EventRow> rows) => rows.Select(row => row.EventId).Where(id => id.StartsWith("first", StringComparison.Ordinal));

    private async Task<EventPage> PageAsync(AppId app, Case test, string? cursor, int limit) =>
        (await host.SendAsync(new ListEvents(host.Ours.Organization, app, test.Filter, test.Sort, cursor, limit))).Value;

    private static bool Sorted(IReadOnlyList<EventRow> rows, string sort)
    {
        Func<EventRow, EventRow, int> compare = sort.TrimStart('-') switch
        {
            "at" => (a, b) => a.At.CompareTo(b.At),
            "event_name" => (a, b) => string.CompareOrdinal(a.EventName, b.EventName),
            "event_id" => (a, b) => string.CompareOrdinal(a.EventId, b.EventId),
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
            foreach (var value in new object?[] { app.Value, $"{prefix}-{i}", row.Name, row.Version, (short)row.Status, row.Attempts, row.LatencyUs, row.At, row.ReportedAt, row.Error, row.Aggregate })
                command.Parameters.Add(Parameter(value));
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private static Npgsql.NpgsqlParameter Parameter(object? value) =>
        value is null or string ? new Npgsql.NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = value is null ? NpgsqlTypes.NpgsqlDbType.Unknown : NpgsqlTypes.NpgsqlDbType.Text } : new Npgsql.NpgsqlParameter { Value = value };

    private sealed record Case(Row[] Rows, Row[] Later, string Sort, EventCriteria Filter, int Limit)
    {
        /// <summary>What the filter says, in plain words.</summary>
        public bool Matches(Row row, int index) =>
            (Filter.EventName is null || row.Name == Filter.EventName)
            && (Filter.Status is null || row.Status == (int)EventCriteria.StatusOf(Filter.Status)!)
            && (Filter.Version is null || row.Version == Filter.Version)
            && (Filter.Attempts is null || row.Attempts >= Filter.Attempts)
            && (Filter.ErrorClass is null || row.Error == Filter.ErrorClass)
            && (Filter.AggregateId is null || row.Aggregate == Filter.AggregateId)
            && (Filter.AggregateType is null || row.Aggregate == "7")
            && (Filter.From is null || row.At >= Filter.From)
            && (Filter.MinLatencyMs is null || row.LatencyUs is >= 1 and <= 1000)
            && (Filter.Q is null or "first" || $"first-{index}".StartsWith(Filter.Q, StringComparison.Ordinal)
                || row.Error?.Contains(Filter.Q, StringComparison.OrdinalIgnoreCase) == true);
    }

    private sealed record Row(string Name, int? Version, int Status, int? Attempts, long? LatencyUs, DateTimeOffset At, DateTimeOffset ReportedAt, string? Error, string? Aggregate);
}
