using System.Net.Http.Json;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using EventEngine.Web.Tests.People;

namespace EventEngine.Web.Tests.TimeTravel;

public sealed class AsOfPageTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task The_app_page_shows_what_was_known_then_says_so_and_leads_back()
    {
        var (browser, _, _, organization) = await host.MemberAsync();
        var (app, key) = await RegisterAsync(organization);
        await ReportAsync(key, "1");
        var then = TimeProvider.System.GetUtcNow();
        await Eventually.Becomes(() => TimeProvider.System.GetUtcNow() - then > TimeSpan.FromMilliseconds(1)); // receipt is told in whole milliseconds
        await ReportAsync(key, "2");
        var home = $"/dashboard/apps/{app}";

        (await browser.TextAsync(home)).ShouldContain("name=\"as_of\"");
        var past = await browser.TextAsync($"{home}?as_of={Uri.EscapeDataString(then.ToString("O"))}");

        past.ShouldContain("As of ");
        past.ShouldContain($"href=\"{home}\">Back to now");
        past.ShouldContain("<dt>Events</dt><dd class=\"strong\">1</dd>");
    }

    [Theory]
    [InlineData("2999-01-01T00:00", "future")]
    [InlineData("yesterday", "That is no time")]
    public async Task A_moment_that_can_t_be_shown_is_explained(string asOf, string words)
    {
        var (browser, _, _, organization) = await host.MemberAsync();
        var (app, key) = await RegisterAsync(organization);
        await ReportAsync(key, "1");

        var page = await browser.TextAsync($"/dashboard/apps/{app}?as_of={asOf}");

        page.ShouldContain(words);
        page.ShouldContain("Back to now");
    }

    private async Task<(AppId App, ApiKey Key)> RegisterAsync(OrganizationId organization)
    {
        var (app, key) = (new AppId(Guid.NewGuid()), new ApiKey($"ee_live_{Guid.NewGuid():N}"));
        await host.SendAsync(new RegisterApp(Actor.Operator(organization), app, "Shop", "production"));
        await host.SendAsync(new IssueApiKey(Actor.Operator(organization), Guid.NewGuid(), app, key));
        await host.CaughtUpAsync();
        return (app, key);
    }

    private async Task ReportAsync(ApiKey key, string id)
    {
        using var reporter = host.Browser();
        reporter.Client.DefaultRequestHeaders.Authorization = new("Bearer", key.Secret);
        var entry = new { event_id = id, event_name = "order.placed", status = "emitted", timestamp = TimeProvider.System.GetUtcNow() };
        using var answer = await reporter.Client.PostAsJsonAsync("/v1/ingest/events", new { entries = new[] { entry } });
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        await host.CaughtUpAsync();
    }
}
