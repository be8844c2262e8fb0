using EventEngine.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class RetriesJourney(Product product)
{
    private static readonly byte[] Accepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    [Fact]
    public async Task Dead_letters_are_previewed_sent_followed_and_confirmed_by_the_apps_report()
    {
        using var mayAnswer = new SemaphoreSlim(0);
        await using var shop = new RawServer(async (_, stream, ct) =>
        {
            await mayAnswer.WaitAsync(ct);
            await stream.WriteAsync(Accepted, ct);
        });
        int[] ids = [8701, 8702, 8703];
        foreach (var id in ids) await product.ReportAsync(id, "retry.followed", "dead_lettered", error: "Kafka::DeliveryFailed");
        await using var visit = await product.SignedInAsync();
        await CallAsync(visit, shop);

        await visit.OpenAppAsync("/retries/new?event_name=retry.followed");
        await Expect(visit.Page.Locator("#preview-count")).ToHaveTextAsync("3 events");
        await Expect(visit.Page.GetByLabel("Name")).ToHaveValueAsync("retry.followed");
        await Looks.AreRightInBothThemesAsync(visit);
        await visit.Page.GetByLabel("Name").FillAsync("Kafka was away");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Retry 3 events" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Kafka was away" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#retry-state")).ToHaveTextAsync("Running");
        await Expect(visit.Page.Locator("#items tbody tr").First).ToContainTextAsync("Sending");
        mayAnswer.Release(ids.Length);
        await Expect(visit.Page.Locator("#retry-said")).ToContainTextAsync("3 waiting for the app’s report");
        foreach (var id in ids) await product.ReportAsync(id, "retry.followed", "published");
        await Expect(visit.Page.Locator("#retry-said")).ToHaveTextAsync("3 of 3 sent, 3 published", new() { Timeout = 30_000 });
        await Expect(visit.Page.Locator("#retry-state")).ToHaveTextAsync("Finished");
        await Looks.AreRightInBothThemesAsync(visit);
        shop.Requests.Count(request => request.StartsWith("POST /cloud_api/events/8702/retry ", StringComparison.Ordinal)).ShouldBe(1);

        await visit.OpenAppAsync("/events/8702");
        await Expect(visit.Page.Locator("#event-retries")).ToContainTextAsync("Published in Kafka was away");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_retry_is_cancelled_and_what_was_left_can_be_retried_again()
    {
        using var mayAnswer = new SemaphoreSlim(0);
        await using var shop = new RawServer(async (_, stream, ct) =>
        {
            await mayAnswer.WaitAsync(ct);
            await stream.WriteAsync(Accepted, ct);
        });
        foreach (var id in Enumerable.Range(8710, 12)) await product.ReportAsync(id, "retry.cancelled", "dead_lettered", error: "Timeout::Error");
        await using var visit = await product.SignedInAsync();
        await CallAsync(visit, shop);

        await visit.OpenAppAsync("/retries/new?event_name=retry.cancelled");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Retry 12 events" }).ClickAsync();
        await Expect(visit.Page.Locator("#retry-state")).ToHaveTextAsync("Running");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        mayAnswer.Release(12);
        await Expect(visit.Page.Locator("#retry-state")).ToHaveTextAsync("Cancelled", new() { Timeout = 30_000 });
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "that failed…" }).ClickAsync();
        await visit.Page.ArriveAsync("failed_of=");
        await Expect(visit.Page.Locator("#preview-count")).ToBeVisibleAsync();
    }

    private static async Task CallAsync(Visit visit, RawServer shop)
    {
        var app = (await visit.Page.Locator($"#rail-apps a[title^='{ProductHost.App},']").GetAttributeAsync("href"))!.Split('/')[^1];
        await visit.Page.GotoAsync($"/dashboard/settings/apps/{app}");
        var address = visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Address" });
        await address.FillAsync(shop.Address.AbsoluteUri);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save address" }).ClickAsync();
        await Expect(address).ToHaveValueAsync(shop.Address.AbsoluteUri);
    }
}
