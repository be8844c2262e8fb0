using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class AppearanceJourney(Product product)
{
    private static readonly string[] BelowApp =
    [
        "", "?range=7d", "/events", "/events/1", "/events?sort=-latency_ms&status=published&attempts=0&q=order", "/in-flight", "/rejected",
        "/retries", "/retries/new", "/retries/new?event=1",
    ];

    private static readonly string[] Settings =
        [.. new[] { "organization", "people", "apps", "tokens", "billing", "audit", "account" }.Select(tab => "/dashboard/settings/" + tab)];

    private static readonly string[] DeadLetters = ["/dead-letters", "/dead-letters?view=events", "/dead-letters?state=all&q=nothing-like-this"];

    private static readonly string[] BeforeSigningIn = ["/", "/sign-in", "/sign-up", "/forgotten-password"];

    [Fact]
    public async Task Nor_does_any_page_that_strangers_see()
    {
        foreach (var (width, scheme) in Product.Looks)
        {
            await using var visit = await product.VisitAsync(width, scheme);
            foreach (var page in BeforeSigningIn) await LooksRightAsync(visit, page);
        }
    }

    [Fact]
    public async Task The_chosen_theme_is_remembered_from_the_first_byte()
    {
        await using var visit = await product.SignedInAsync(scheme: ColorScheme.Light);
        await visit.Page.GetByLabel("Switch between light and dark").ClickAsync();
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        (await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(15, 16, 18)");
    }

    [Theory]
    [InlineData("6h")]
    [InlineData("24h")]
    [InlineData("7d")]
    public async Task A_range_of_the_app_is_one_click_and_stands_in_the_address(string range)
    {
        await using var visit = await product.SignedInAsync();
        var app = await visit.OpenAppAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = range, Exact = true }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync($"{product.Host.Address}{app}?range={range}");
        await Expect(visit.Page.Locator("#chart-throughput canvas")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dragging_over_a_chart_zooms_into_the_address()
    {
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync();
        var box = (await visit.Page.Locator("#chart-throughput .u-over").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + 50);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 50, new() { Steps = 5 });
        await visit.Page.Mouse.UpAsync();
        await visit.Page.ArriveAsync("from=.*to=");
    }

    [Fact]
    public async Task No_page_complains_scrolls_sideways_or_shuts_anybody_out()
    {
        foreach (var (width, scheme) in Product.Looks)
        {
            await using var visit = await product.SignedInAsync(width, scheme);
            var app = await visit.Page.Locator("#rail-apps a").First.GetAttributeAsync("href");
            var id = app!.Split('/')[^1];
            string[] pages = ["/dashboard", .. Settings, $"/dashboard/settings/apps/{id}", "/organizations/new", "/onboarding/app", $"/onboarding/apps/{id}", "/dashboard/pipeline", "/dashboard/schemas", "/dashboard/schemas?warning=any", "/dashboard/schemas/order.placed", "/dashboard/search?q=order", .. BelowApp.Select(below => app + below)];
            foreach (var page in pages.Concat(DeadLetters.Select(below => app + below))) await LooksRightAsync(visit, page);
        }
    }

    [Fact]
    public async Task An_unknown_app_is_not_found_inside_the_shell()
    {
        await using var visit = await product.SignedInAsync();
        var answer = await visit.Page.GotoAsync("/dashboard/apps/00000000000000000000000000000001");
        answer!.Status.ShouldBe(404);
        await Expect(visit.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".rail")).ToBeVisibleAsync();
    }

    private static async Task LooksRightAsync(Visit visit, string page)
    {
        await visit.Page.GotoAsync(page);
        await Looks.AreRightAsync(visit);
    }
}
