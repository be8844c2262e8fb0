using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class EventsJourney(Product product)
{
    [Fact]
    public async Task Filters_stand_in_the_address_and_narrow_the_list()
    {
        await product.ReportAsync(8001, "filter.good", "published");
        await product.ReportAsync(8002, "filter.bad", "dead_lettered", error: "Timeout::Error");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=filter.bad");
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("Status").SelectOptionAsync("published");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("event_name=filter.bad&status=published$"));
        await Expect(visit.Page.GetByText("No event matches")).ToBeVisibleAsync();
        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_list_goes_on_page_by_page_without_repeating_a_row()
    {
        await product.PostAsync([.. Enumerable.Range(8100, 60).Select(id => new
        {
            event_id = id, event_name = "page.turned", status = "published", timestamp = DateTimeOffset.UtcNow.ToString("O"),
        })]);
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=page.turned");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "60 events" })).ToBeVisibleAsync();
        var first = await visit.Page.Locator("tr.entry .id").AllTextContentsAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(10);
        var second = await visit.Page.Locator("tr.entry .id").AllTextContentsAsync();
        first.Concat(second).Distinct().Count().ShouldBe(60);
    }

    [Fact]
    public async Task A_row_opens_to_its_life_and_leads_to_its_own_page()
    {
        await product.ReportAsync(8301, "life.told", "dead_lettered", error: "Kafka::DeliveryFailed");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=life.told");
        await visit.Page.Locator("tr.entry").ClickAsync();
        await Expect(visit.Page.Locator(".entry-more .timeline li")).ToHaveCountAsync(1);
        await visit.Page.Locator("tr.entry a.id").ClickAsync();
        await Expect(visit.Page.Locator("#event-error").GetByText("Kafka::DeliveryFailed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_validation_refused_is_listed_with_its_reason()
    {
        await product.PostAsync(new { event_id = 8401, event_name = "refused.once", status = "sent", timestamp = DateTimeOffset.UtcNow.ToString("O") });
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/rejected");
        await Expect(visit.Page.Locator("#rejected tbody tr").First).ToContainTextAsync("status");
    }

    [Fact]
    public async Task Search_finds_an_event_by_its_id_from_anywhere()
    {
        await product.ReportAsync(8501, "found.again", "published");
        await using var visit = await product.SignedInAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("8501");
        await Expect(visit.Page.Locator("#search-results a")).ToContainTextAsync(["found.again"]);
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/events/8501$"));
    }
}
