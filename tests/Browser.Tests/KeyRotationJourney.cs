using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using EventEngine.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class KeyRotationJourney(Product product)
{
    [Fact]
    public async Task An_app_is_registered_and_its_key_changed_while_it_reports_and_nothing_is_refused()
    {
        await using var visit = await product.SignedInAsync();
        var page = visit.Page;
        await page.GotoAsync("/dashboard/settings/apps");
        await page.GetByLabel("Name").FillAsync("rotating");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register app" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "rotating" })).ToBeVisibleAsync();
        await using var reporter = new Reporter(product.Host.Address, await IssueAsync(page, "Issue a key"));
        await reporter.ReportsAsync(more: 10);

        var second = await IssueAsync(page, "Issue a second key");
        await Expect(page.GetByText("Both keys are active.")).ToBeVisibleAsync();
        var old = reporter.Key;
        reporter.Key = second;
        await reporter.ReportsAsync(more: 10);
        await RevokeAsync(page, old);
        await reporter.ReportsAsync(more: 10);

        await Expect(page.GetByText("revoked", new() { Exact = false }).First).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(second);
        reporter.Refusals.ShouldBeEmpty();
        await using var stranger = new Reporter(product.Host.Address, old);
        await Eventually.Becomes(() => stranger.Refusals.Contains(401));
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleting_an_app_names_what_is_lost_and_then_it_is_gone()
    {
        await using var visit = await product.SignedInAsync();
        var page = visit.Page;
        await page.GotoAsync("/dashboard/settings/apps");
        await page.GetByLabel("Name").FillAsync("doomed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register app" }).ClickAsync();
        await using (var reporter = new Reporter(product.Host.Address, await IssueAsync(page, "Issue a key"))) await reporter.ReportsAsync(more: 3);
        await product.CaughtUpAsync();
        var address = page.Url.Split('?')[0];
        await page.GotoAsync(address);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete app…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("1 active key");
        await Expect(dialog).ToContainTextAsync(new Regex("[0-9]+ events, with errors, charts and ledger"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete doomed" }).ClickAsync();

        await page.ArriveAsync("/dashboard/settings/apps$");
        await Expect(page.GetByText("doomed")).ToHaveCountAsync(0);
        (await page.GotoAsync(address))!.Status.ShouldBe(404);
        (await page.GotoAsync(address.Replace("/settings", "")))!.Status.ShouldBe(404);
    }

    private static async Task<string> IssueAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var key = page.Locator("#new-key");
        await Expect(key).ToBeVisibleAsync();
        return (await key.TextContentAsync())!;
    }

    private static async Task RevokeAsync(IPage page, string key)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke the key ee_live_…{key[^4..]}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>Posts one event after another, with whatever key it holds at the time.</summary>
    private sealed class Reporter : IAsyncDisposable
    {
        private readonly ConcurrentQueue<int> _refusals = new();
        private readonly HttpClient _http;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _posting;
        private int _accepted;

        public Reporter(string address, string key)
        {
            Key = key;
            _http = new HttpClient { BaseAddress = new Uri(address) };
            _posting = Task.Run(PostAsync);
        }

        public string Key { get; set; }

        public IReadOnlyCollection<int> Refusals => _refusals;

        public async Task ReportsAsync(int more)
        {
            var before = Volatile.Read(ref _accepted);
            await Eventually.Becomes(() => Volatile.Read(ref _accepted) >= before + more);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _posting;
            _http.Dispose();
            _stop.Dispose();
        }

        private async Task PostAsync()
        {
            for (var id = 1; !_stop.IsCancellationRequested; id++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ingest/events");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
                request.Content = JsonContent.Create(new
                {
                    entries = new[] { new { event_id = id, event_name = "key.rotated", status = "published", timestamp = DateTimeOffset.UtcNow } },
                });
                using var response = await _http.SendAsync(request);
                if ((int)response.StatusCode == 202) Interlocked.Increment(ref _accepted);
                else _refusals.Enqueue((int)response.StatusCode);
            }
        }
    }
}
