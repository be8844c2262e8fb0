using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace EventEngine.Web.Tests.Api;

/// <summary>Every filter, order and file of the explorer, as programs ask for them.</summary>
public sealed class ExploringEventsTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private string App => $"/api/v1/apps/{host.Ours.App}";

    public Task InitializeAsync() => host.ReportAsync(
        host.Ours,
        Event("x-1", "order.placed", 0, "published", attempts: 1, latency: 12.5, aggregate: "17"),
        Event("x-2", "order.placed", 1, "published", attempts: 3, latency: 900, version: 2, aggregate: "18"),
        Event("x-3", "order.shipped", 2, "dead_lettered", attempts: 5, error: "Timeout::Error", message: "execution expired after 30 s, \"twice\"\nat a.rb"),
        Event("x-4", "order.shipped", 3, "dead_lettered", attempts: 2, error: "=cmd|' /C calc'!A0", message: "@evil"),
        Event("y-5", "stock.counted", 4, "emitted", version: 2),
        Event("y-6", "stock.counted", 5, "published", latency: 0, key: "zz-key-6"),
        Event("old-7", "stock.counted", -26 * 60, "published", attempts: 9, latency: 99_999));

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("event_name=order.placed", "x-2 x-1")]
    [InlineData("status=dead_lettered", "x-4 x-3")]
    [InlineData("status=emitted", "y-5")]
    [InlineData("status=published", "y-6 x-2 x-1 old-7")]
    [InlineData("version=2", "y-5 x-2")]
    [InlineData("from=2026-03-02T12:01:00Z&to=2026-03-02T12:03:00Z", "x-3 x-2")]
    [InlineData("aggregate_type=Order", "x-2 x-1")]
    [InlineData("aggregate_id=18", "x-2")]
    [InlineData("aggregate_type=Order&aggregate_id=17", "x-1")]
    [InlineData("aggregate_type=Stock&aggregate_id=17", "")]
    [InlineData("error_class=Timeout::Error", "x-3")]
    [InlineData("error_class=Timeout", "")]
    [InlineData("attempts=2", "x-4 x-3 x-2 old-7")]
    [InlineData("attempts=1", "x-4 x-3 x-2 x-1 old-7")]
    [InlineData("attempts=6", "old-7")]
    [InlineData("min_latency_ms=12.5&max_latency_ms=900", "x-2 x-1")]
    [InlineData("min_latency_ms=12.6", "x-2 old-7")]
    [InlineData("max_latency_ms=0", "y-6")]
    [InlineData("q=x-", "x-4 x-3 x-2 x-1")]
    [InlineData("q=X-", "")]
    [InlineData("q=zz-key-6", "y-6")]
    [InlineData("q=zz-key", "")]
    [InlineData("q=zz-key-6&status=emitted", "")]
    [InlineData("q=zz-key-6&to=2026-03-02T12:05:00Z", "")]
    [InlineData("q=EXPIRED AFTER", "x-3")]
    [InlineData("q=evil", "x-4")]
    [InlineData("q=imeout", "x-3")]
    [InlineData("q=%25", "")]
    [InlineData("q=x_", "")]
    [InlineData("q=x-&status=published&min_latency_ms=100", "x-2")]
    [InlineData("event_name=order.shipped&attempts=3", "x-3")]
    [InlineData("event_name=stock.counted&version=2&status=emitted", "y-5")]
    public async Task A_filter_leaves_what_meets_it(string filter, string ids)
    {
        IdsOf(await host.GetAsync($"{App}/events?{filter}")).ShouldBe(ids);
        var count = await host.GetAsync($"{App}/event-count?{filter}");
        count["count"]!.GetValue<int>().ShouldBe(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        count["is_exact"]!.GetValue<bool>().ShouldBeTrue();
        (await ExportedAsync(filter)).ShouldBe(ids);
    }

    [Theory]
    [InlineData("at", "old-7 x-1 x-2 x-3 x-4 y-5 y-6", false)]
    [InlineData("-at", "y-6 y-5 x-4 x-3 x-2 x-1 old-7", false)]
    [InlineData("event_name", "x-2 x-1 x-4 x-3 y-6 y-5", true)]
    [InlineData("-event_name", "y-6 y-5 x-4 x-3 x-2 x-1", true)]
    [InlineData("event_id", "x-1 x-2 x-3 x-4 y-5 y-6", true)]
    [InlineData("-status", "x-4 x-3 y-6 x-2 x-1 y-5", true)]
    [InlineData("-version", "y-5 x-2 y-6 x-4 x-3 x-1", true)]
    [InlineData("-attempts", "x-3 x-2 x-4 x-1 y-6 y-5", true)]
    [InlineData("latency_ms", "y-5 x-4 x-3 y-6 x-1 x-2", true)]
    [InlineData("-latency_ms", "x-2 x-1 y-6 y-5 x-4 x-3", true)]
    public async Task An_order_without_an_index_is_that_of_the_last_24_hours_and_says_so(string sort, string ids, bool isLimited)
    {
        var answer = await host.GetAsync($"{App}/events?sort={sort}");
        IdsOf(answer).ShouldBe(ids);
        var since = answer["sorted_from"]?.GetValue<string>();
        since.ShouldBe(isLimited ? "2026-03-01T12:05:00.000Z" : null, "24 hours before the latest event");
    }

    [Fact]
    public async Task A_range_of_less_than_a_day_is_sorted_whole()
    {
        var answer = await host.GetAsync($"{App}/events?sort=-latency_ms&to=2026-03-02T00:00:00Z");
        IdsOf(answer).ShouldBe("old-7");
        answer["sorted_from"].ShouldBeNull("nothing is older");
    }

    [Theory]
    [InlineData("attempts=-1", "attempts")]
    [InlineData("attempts=some", "attempts")]
    [InlineData("min_latency_ms=-1", "min_latency_ms")]
    [InlineData("min_latency_ms=5&max_latency_ms=4", "max_latency_ms")]
    [InlineData("aggregate_id=%00", "aggregate_id")]
    public async Task A_bad_filter_is_named(string filter, string parameter)
    {
        foreach (var route in new[] { "events", "event-count", "events.csv", "events.json" })
            (await host.GetAsync($"{App}/{route}?{filter}", HttpStatusCode.BadRequest))["message"]!.GetValue<string>().ShouldStartWith(parameter);
        (await host.GetAsync($"{App}/events.csv?sort=status", HttpStatusCode.BadRequest))["message"]!.GetValue<string>().ShouldStartWith("sort");
    }

    [Fact]
    public async Task A_file_is_safe_for_spreadsheets_and_says_what_the_list_says()
    {
        using var client = host.Client(host.Ours.Token);
        using var answer = await client.GetAsync($"{App}/events.csv?status=dead_lettered&sort=at");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("events.csv");
        var csv = await answer.Content.ReadAsStringAsync();
        csv.ShouldContain("\"execution expired after 30 s, \"\"twice\"\"\nat a.rb\"");
        csv.ShouldContain(",'=cmd|' /C calc'!A0,'@evil,");
        csv.Split("\r\n")[0].ShouldStartWith("event_id,event_name,event_type,event_version,status,");
        csv.Split("\r\n")[1].ShouldStartWith("x-3,order.shipped,,1,dead_lettered,5,");

        var list = (await host.GetAsync($"{App}/events"))["events"]!;
        (await host.GetAsync($"{App}/events.json")).ToJsonString().ShouldBe(list.ToJsonString());
    }

    [Fact]
    public async Task What_is_rare_among_many_is_found_piece_by_piece_and_counted_whole()
    {
        const int Many = 60_000;
        var app = Guid.NewGuid();
        await ExecuteAsync($"insert into views.apps (app_id, organization_id, name, environment, registered_at) values ('{app}', '{host.Ours.Organization.Value}', 'many', 'test', now())");
        await ExecuteAsync("create table if not exists views.event_entries_many partition of views.event_entries for values from ('2026-04-01') to ('2026-04-02')");
        await ExecuteAsync($"""
            insert into views.event_entries (app_id, event_id, received_on, event_name, event_version, aggregate_type, status, latency_approximate, at, reported_at, last_reported_at, marks, transitions)
            select '{app}', 'm-' || i, '2026-04-01', 'many', case when i in (5, 25000, 59000) then 9 else 1 end, case when i in (5, 25000, 59000) then 'Rare' end, 1, false, at, at, at, 0, ''
            from (select i, '2026-04-01'::timestamptz + i * interval '1 second' as at from generate_series(1, {Many}) i) rows
            """);
        var list = $"/api/v1/apps/{app:N}/events?version=9";

        var first = await host.GetAsync(list);
        IdsOf(first).ShouldBe("m-59000");
        first["searched_to"]!.GetValue<string>().ShouldBe("2026-04-01T09:43:21.000Z", "25,000 events before the latest");
        var second = await host.GetAsync($"{list}&cursor={first["next_cursor"]}");
        IdsOf(second).ShouldBe("m-25000");
        second["searched_to"]!.GetValue<string>().ShouldBe("2026-04-01T02:46:41.000Z");
        var third = await host.GetAsync($"{list}&cursor={second["next_cursor"]}");
        IdsOf(third).ShouldBe("m-5");
        (third["searched_to"] ?? third["next_cursor"]).ShouldBeNull();
        (await host.GetAsync($"/api/v1/apps/{app:N}/event-count?version=9"))["count"]!.GetValue<int>().ShouldBe(3);
        (await host.GetAsync($"/api/v1/apps/{app:N}/event-count"))["is_exact"]!.GetValue<bool>().ShouldBeFalse();
        (await host.GetAsync($"/api/v1/apps/{app:N}/events.json?version=9")).AsArray().Count.ShouldBe(3);
        (await host.GetAsync($"/api/v1/apps/{app:N}/events.json")).AsArray().Select(row => row!["event_id"]!.GetValue<string>()).Distinct().Count().ShouldBe(Many);

        foreach (var (sort, ids) in new[] { ("-at", "m-59000 m-25000 m-5"), ("at", "m-5 m-25000 m-59000") })
        {
            var pages = await PagesAsync($"/api/v1/apps/{app:N}/events?aggregate_type=Rare&sort={sort}");
            pages.Count.ShouldBe((Many / 5_000) + 1, "5,000 rows are fetched for a page, and the last one finds the end");
            string.Join(' ', pages.Where(page => page.Length > 0)).ShouldBe(ids);
        }

        var sorted = await host.GetAsync($"/api/v1/apps/{app:N}/events?sort=event_id&limit=1");
        IdsOf(sorted).ShouldBe("m-1", "all of the day are sorted");
        sorted["sorted_from"].ShouldBeNull();
    }

    [Theory]
    [InlineData("", 36_000, 4_500, null)]
    [InlineData("", 36_000, 25_000, "2026-05-01T09:00:00.000Z")]
    [InlineData("&event_name=busy", 36_000, 25_000, null)]
    [InlineData("", 120_000, 300_000, "2026-05-01T05:50:00.000001Z")]
    [InlineData("&aggregate_type=none", 36_000, 25_000, "2026-05-01T08:36:40.000001Z")]
    public async Task No_more_are_sorted_than_can_be_at_once_as_the_hours_have_counted_them(string filter, int rows, int anHour, string? since)
    {
        var app = Guid.NewGuid();
        await ExecuteAsync($"insert into views.apps (app_id, organization_id, name, environment, registered_at) values ('{app}', '{host.Ours.Organization.Value}', 'busy', 'test', now())");
        await ExecuteAsync("create table if not exists views.event_entries_busy partition of views.event_entries for values from ('2026-05-01') to ('2026-05-02')");
        await ExecuteAsync($"""
            insert into views.event_entries (app_id, event_id, received_on, event_name, status, latency_approximate, at, reported_at, last_reported_at, marks, transitions)
            select '{app}', 'b-' || i, '2026-05-01', 'busy', 1, false, at, at, at, 0, ''
            from (select i, '2026-05-01'::timestamptz + i * interval '10 hours' / {rows} as at from generate_series(1, {rows}) i) rows
            """);
        await ExecuteAsync($"""
            insert into views.rollup_hours (app_id, hour, event_name, received_on, events, emitted, published, dead_lettered, latency_count, latency_sum_us)
            select '{app}', hour, '', '2026-05-01', {anHour}, 0, 0, 0, 0, 0 from generate_series('2026-05-01'::timestamptz, '2026-05-01 10:00', interval '1 hour') hour
            """);
        (await host.GetAsync($"/api/v1/apps/{app:N}/events?sort=event_id&limit=1{filter}"))["sorted_from"]?.GetValue<string>().ShouldBe(since);
    }

    private async Task<List<string>> PagesAsync(string list)
    {
        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.GetAsync($"{list}{(cursor is null ? "" : $"&cursor={cursor}")}");
            pages.Add(IdsOf(page));
            cursor = page["next_cursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return pages;
    }

    private static string IdsOf(JsonNode answer) => string.Join(' ', answer["events"]!.AsArray().Select(row => row!["event_id"]!.GetValue<string>()));

    private async Task<string> ExportedAsync(string filter)
    {
        using var client = host.Client(host.Ours.Token);
        var json = JsonNode.Parse(await client.GetStringAsync($"{App}/events.json?{filter}"))!;
        return string.Join(' ', json.AsArray().Select(row => row!["event_id"]!.GetValue<string>()));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static object Event(
        string id, string name, int minute, string status, int? attempts = null, double? latency = null, int version = 1, string? aggregate = null,
        string? error = null, string? message = null, string? key = null) => new
        {
            event_id = id,
            event_name = name,
            event_version = version,
            status,
            attempts,
            latency_ms = latency,
            aggregate_type = aggregate is null ? null : "Order",
            aggregate_id = aggregate,
            error_class = error,
            error_message = message,
            idempotency_key = key,
            timestamp = Noon.AddMinutes(minute).ToString("O", CultureInfo.InvariantCulture),
            occurred_at = Noon.AddMinutes(minute).ToString("O", CultureInfo.InvariantCulture),
        };
}
