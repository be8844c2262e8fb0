using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class ExplorerJourney(Product product)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Filters_are_chosen_shown_as_chips_and_taken_away_one_by_one(int width)
    {
        await ReportAsync(8601, "chip.kept", attempts: 3);
        await ReportAsync(8602, "chip.kept", attempts: 1);
        await using var visit = await product.SignedInAsync(width);
        await visit.OpenAppAsync("/events?event_name=chip.kept");
        var rows = visit.Page.Locator("tr.entry");
        await Expect(rows).ToHaveCountAsync(2);

        await Expect(visit.Page.GetByLabel("Attempts, at least")).ToBeHiddenAsync();
        await visit.Page.GetByText("More filters").ClickAsync();
        await visit.Page.GetByLabel("Attempts, at least").FillAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await visit.Page.ArriveAsync("event_name=chip.kept&attempts=2$");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByText("More filters (1)")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Take away the filter Attempts 2 or more" }).ClickAsync();
        await visit.Page.ArriveAsync("event_name=chip.kept$");
        await Expect(rows).ToHaveCountAsync(2);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Clear all" }).ClickAsync();
        await visit.Page.ArriveAsync("/events$");
        await Expect(visit.Page.Locator(".chips")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_column_sorts_both_ways_and_says_when_it_leaves_older_events_out()
    {
        await ReportAsync(8611, "sorted.slow", latency: 900);
        await ReportAsync(8612, "sorted.fast", latency: 1);
        await ReportAsync(8613, "sorted.long_ago", latency: 5000, at: DateTimeOffset.UtcNow.AddDays(-3));
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?q=861");
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(3);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Latency", Exact = true }).ClickAsync();
        await visit.Page.ArriveAsync("sort=-latency_ms");
        await Expect(visit.Page.Locator("tr.entry .id")).ToHaveTextAsync(["8613", "8611", "8612"]);
        await Expect(visit.Page.Locator("#sorted-from")).ToHaveCountAsync(0);

        await visit.OpenAppAsync("/events?sort=-latency_ms");
        await Expect(visit.Page.Locator("#sorted-from")).ToContainTextAsync("Older events are not in this list");
        await Expect(visit.Page.Locator("tr.entry").GetByText("sorted.long_ago")).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Sort by time" }).ClickAsync();
        await Expect(visit.Page.Locator("#sorted-from")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pages_lead_on_and_back()
    {
        await product.PostAsync([.. Enumerable.Range(9000, 120).Select(id => new
        {
            event_id = id, event_name = "page.both", status = "published", timestamp = DateTimeOffset.UtcNow.ToString("O"),
        })]);
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=page.both");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "120 events" })).ToBeVisibleAsync();
        var ids = visit.Page.Locator("tr.entry .id");
        var first = await ids.AllTextContentsAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(ids.First).Not.ToHaveTextAsync(first[0]);
        var second = await ids.AllTextContentsAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(ids).ToHaveCountAsync(20);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Previous" }).ClickAsync();
        await Expect(ids).ToHaveTextAsync(second);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Previous" }).ClickAsync();
        await Expect(ids).ToHaveTextAsync(first);
    }

    [Fact]
    public async Task A_count_that_takes_longer_than_its_page_comes_after_it()
    {
        var start = DateTimeOffset.UtcNow.AddDays(-1);
        foreach (var batch in Enumerable.Range(870_000, 5_010).Chunk(500))
        {
            await product.PostAsync([.. batch.Select(id => new
            {
                event_id = id,
                event_name = "count.later",
                status = "published",
                aggregate_type = id == 870_000 ? "Rare" : "Usual",
                timestamp = start.AddSeconds(id - 870_000).ToString("O"),
            })]);
        }

        const string Rare = "/events?event_name=count.later&aggregate_type=Rare";
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=count.later");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "5,010 events" })).ToBeVisibleAsync();
        await visit.OpenAppAsync(Rare);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "1 event", Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Count all" })).ToHaveCountAsync(0);
        var unscripted = await visit.Page.APIRequest.GetAsync(visit.Page.Url);
        (await unscripted.TextAsync()).ShouldContain("At least 0 events");
        (await unscripted.TextAsync()).ShouldContain("count=all\">Count all");
    }

    [Fact]
    public async Task A_row_opens_in_place_to_each_transition_with_its_durations()
    {
        var start = DateTimeOffset.UtcNow.AddMinutes(-2);
        await ReportAsync(8631, "life.whole", "emitted", at: start, version: 3);
        await ReportAsync(8631, "life.whole", at: start.AddSeconds(42), attempts: 2, version: 3);
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=life.whole");
        await Expect(visit.Page.Locator("tr.entry")).ToContainTextAsync("Published");
        await visit.Page.Locator("tr.entry").ClickAsync();
        var life = visit.Page.Locator(".entry-more");
        await Expect(life.Locator(".timeline li")).ToHaveCountAsync(2);
        await Expect(life.Locator(".timeline li").Nth(1)).ToContainTextAsync("after 42 s");
        await Expect(life.Locator(".timeline li").Nth(1)).ToContainTextAsync("attempt 2");
        await Expect(life).ToContainTextAsync("v3");
        await Expect(life).ToContainTextAsync(ProductHost.App);
        await Looks.AreRightInBothThemesAsync(visit);
        await Expect(visit.Page).ToHaveURLAsync(new Regex("event_name=life.whole$"));
    }

    [Fact]
    public async Task The_list_is_a_file_at_a_click()
    {
        await ReportAsync(8641, "filed.away");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=filed.away");
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(1);
        var csv = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        csv.SuggestedFilename.ShouldBe("events.csv");
        (await File.ReadAllTextAsync(await csv.PathAsync())).ShouldContain("8641,filed.away,");
        var json = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "JSON" }).ClickAsync());
        (await File.ReadAllTextAsync(await json.PathAsync())).ShouldStartWith("[{\"event_id\":\"8641\"");
    }

    [Fact]
    public async Task The_tail_says_that_it_stands_still_under_the_pointer_and_how_many_came()
    {
        await ReportAsync(8651, "tail.read");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=tail.read&sort=at");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Live tail" }).ClickAsync();
        await visit.Page.ArriveAsync("/events\\?event_name=tail.read#events$");
        await visit.IsLiveAsync();
        var tail = visit.Page.Locator("[data-tail]");
        await Expect(tail).ToHaveTextAsync("Live: new events appear on top");
        await visit.Page.Locator("tr.entry").First.HoverAsync();
        await Expect(tail).ToHaveTextAsync("Paused while you read: 0 new");
        await ReportAsync(8652, "tail.read");
        await ReportAsync(8653, "tail.read");
        await Expect(tail).ToHaveTextAsync("Paused while you read: 2 new");
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(1);
        await visit.Page.Locator("h1").HoverAsync();
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(3);
        await Expect(tail).ToHaveTextAsync("Live: new events appear on top");
    }

    [Fact]
    public async Task What_is_in_flight_for_too_long_is_counted_listed_and_measured_by_the_apps_own_limit()
    {
        await ReportAsync(8661, "flight.lost", "emitted", at: DateTimeOffset.UtcNow.AddMinutes(-40));
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync();
        await visit.Page.Locator("#tiles").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("older than 5 min") }).ClickAsync();
        await visit.Page.ArriveAsync("/in-flight$");
        await Expect(visit.Page.GetByText("flight.lost")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Change the limit" }).ClickAsync();
        await visit.Page.GetByLabel("Minutes").FillAsync("60");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save limit" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("Minutes")).ToHaveValueAsync("60");
        await visit.OpenAppAsync("/in-flight");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "0 in flight for more than 60 min" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Nothing is stuck")).ToBeVisibleAsync();
        await ReportAsync(8661, "flight.lost");
    }

    private Task ReportAsync(
        int id, string name, string status = "published", int? attempts = null, double? latency = null, DateTimeOffset? at = null, int version = 1) => product.PostAsync(new
        {
            event_id = id,
            event_name = name,
            event_version = version,
            status,
            attempts,
            latency_ms = latency,
            timestamp = (at ?? DateTimeOffset.UtcNow).ToString("O"),
        });
}
