using EventEngine.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class PayloadJourney(Product product)
{
    private const string Json = """{"id":8601,"payload":{"order":"A-7 \u00fc </pre><script>","total":19.900,"big":12345678901234567890,"tags":[],"gift":true,"note":null}}""";

    private const string LaidOut = """
        {
          "id": 8601,
          "payload": {
            "order": "A-7 \u00fc </pre><script>",
            "total": 19.900,
            "big": 12345678901234567890,
            "tags": [],
            "gift": true,
            "note": null
          }
        }
        """;

    [Fact]
    public async Task A_payload_is_asked_of_the_app_shown_laid_out_and_gone_when_closed()
    {
        await using var shop = RawServer.Answering("200 OK", Json);
        await product.ReportAsync(8601, "payload.seen", "published");
        await using var visit = await product.SignedInAsync();
        await CallAsync(visit, shop);

        await visit.OpenAppAsync("/events/8601");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "View payload" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Payload of payload.seen 8601");
        (await dialog.Locator("#payload-json").TextContentAsync()).ShouldBe(LaidOut.ReplaceLineEndings("\n"));
        await Expect(dialog.Locator(".j-key")).ToHaveCountAsync(8);
        await Expect(dialog.Locator(".j-number").Last).ToHaveTextAsync("12345678901234567890");
        await Looks.AreRightInBothThemesAsync(visit);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(visit.Page.Locator("#payload")).ToHaveCountAsync(0);
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_seen_from_the_list_as_well()
    {
        await using var shop = RawServer.Answering("200 OK", Json);
        await product.ReportAsync(8602, "payload.listed", "published");
        await using var visit = await product.SignedInAsync();
        await CallAsync(visit, shop);

        await visit.OpenAppAsync("/events?event_name=payload.listed");
        await visit.Page.Locator("tr.entry").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "View payload" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).Locator(".j-word").First).ToHaveTextAsync("true");
        shop.Requests[^1].ShouldStartWith("GET /cloud_api/events/8602 ");
    }

    [Fact]
    public async Task What_the_app_no_longer_has_is_told_with_what_to_do()
    {
        await using var shop = RawServer.Answering("404 Not Found");
        await product.ReportAsync(8603, "payload.gone", "published");
        await using var visit = await product.SignedInAsync();
        await CallAsync(visit, shop);

        await visit.OpenAppAsync("/events/8603");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "View payload" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("127.0.0.1 does not know this event");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Perhaps its outbox was cleaned up.");
        await Looks.AreRightInBothThemesAsync(visit);
    }

    /// <summary>As an admin does: entered in the settings, and tried there.</summary>
    private static async Task CallAsync(Visit visit, RawServer shop)
    {
        var app = (await visit.Page.Locator($"#rail-apps a[title^='{ProductHost.App},']").GetAttributeAsync("href"))!.Split('/')[^1];
        await visit.Page.GotoAsync($"/dashboard/settings/apps/{app}");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Address" }).FillAsync(shop.Address.AbsoluteUri);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save address" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Address" })).ToHaveValueAsync(shop.Address.AbsoluteUri);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Test the saved address" }).ClickAsync();
        await Expect(visit.Page.Locator("#tested")).ToContainTextAsync("The app was reached");
    }
}
