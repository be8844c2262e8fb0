using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class LiveJourney(Product product)
{
    private const int OneSecond = 1000;

    [Fact]
    public async Task A_posted_event_changes_the_open_overview_within_a_second_and_without_a_reload()
    {
        await product.CaughtUpAsync();
        await using var visit = await product.SignedInAsync();
        await visit.Page.EvaluateAsync("window.untouched = true");
        var tile = visit.Page.Locator("#events-today");
        var before = int.Parse((await tile.TextContentAsync())!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        var watch = Stopwatch.StartNew();
        await product.ReportAsync(7001, "order.placed", "published");
        await Expect(tile).ToHaveTextAsync((before + 1).ToString("N0", CultureInfo.InvariantCulture), new() { Timeout = OneSecond });

        watch.ElapsedMilliseconds.ShouldBeLessThan(OneSecond);
        (await visit.Page.EvaluateAsync<bool>("window.untouched")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_open_list_shows_a_new_event_and_keeps_the_opened_row_and_the_focus()
    {
        await product.ReportAsync(7101, "order.kept", "published");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=order.kept");
        await visit.IsLiveAsync();
        var toggle = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Details of order.kept 7101" });
        await toggle.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".entry-more")).ToBeVisibleAsync();

        await product.ReportAsync(7102, "order.kept", "published");

        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".entry-more")).ToBeVisibleAsync();
        await Expect(toggle).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_list_under_the_pointer_stands_still_and_counts_what_arrived()
    {
        await product.ReportAsync(7201, "order.read", "published");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/events?event_name=order.read");
        await visit.IsLiveAsync();
        await visit.Page.Locator("tr.entry").First.HoverAsync();

        await product.ReportAsync(7202, "order.read", "published");

        await Expect(visit.Page.Locator(".fresh .new")).ToHaveTextAsync("1 new");
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(1);
        await visit.Page.Locator("h1").HoverAsync();
        await Expect(visit.Page.Locator("tr.entry")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_page_paused_by_hand_waits_until_it_is_let_go()
    {
        await product.CaughtUpAsync();
        await using var visit = await product.SignedInAsync();
        var tile = visit.Page.Locator("#events-today");
        var before = await tile.TextContentAsync();
        await visit.Page.Locator(".fresh").ClickAsync();
        await product.ReportAsync(7301, "order.placed", "published");
        await Expect(visit.Page.Locator(".fresh")).ToHaveAttributeAsync("data-state", "paused");
        (await tile.TextContentAsync()).ShouldBe(before);
        await visit.Page.Locator(".fresh").ClickAsync();
        await Expect(tile).Not.ToHaveTextAsync(before!);
    }
}
