using System.Text.RegularExpressions;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Deploys;
using EventEngine.Domain.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class DeadLettersJourney(Product product)
{
    [Fact]
    public async Task A_group_is_opened_resolved_and_regresses()
    {
        await DieAsync(9101, "journey.regress", "Journey::Regress", "order 1 took 30 s");
        await DieAsync(9102, "journey.regress", "Journey::Regress", "order 2 took 5 s");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/dead-letters?error_class=Journey::Regress");
        var row = visit.Page.Locator("#letters tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("order * took * s");
        await row.GetByRole(AriaRole.Link, new() { Name = "Journey::Regress" }).ClickAsync();
        await Expect(visit.Page.Locator("#letters tbody tr")).ToHaveCountAsync(2);
        await Looks.AreRightAsync(visit);

        await visit.Page.Locator("#group-actions").GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(visit.Page.Locator("#group .badge")).ToHaveTextAsync("Resolved");
        await visit.Page.Mouse.MoveAsync(1, 1); // a list under the pointer would wait
        await visit.IsLiveAsync();
        await DieAsync(9103, "journey.regress", "Journey::Regress", "order 3 took 1 s", DateTimeOffset.UtcNow.AddSeconds(2));
        await Expect(visit.Page.Locator("#group .badge")).ToHaveTextAsync("Regressed", new() { Timeout = 30_000 });
        await Expect(visit.Page.Locator("#letters tbody tr")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Ticked_groups_are_ignored_together_and_are_found_by_their_state()
    {
        await DieAsync(9201, "journey.ignore", "Journey::IgnoreA", "a");
        await DieAsync(9202, "journey.ignore", "Journey::IgnoreB", "b");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/dead-letters?event_name=journey.ignore");
        await Expect(visit.Page.Locator("#selection")).ToBeHiddenAsync();
        await visit.Page.GetByLabel("Select all groups on this page").CheckAsync();
        await Expect(visit.Page.Locator("[data-selected]")).ToHaveTextAsync("2 selected");
        await visit.Page.Locator("#selection").GetByLabel("Ignore until").SelectOptionAsync("24h");
        await visit.Page.Locator("#selection").GetByRole(AriaRole.Button, new() { Name = "Ignore" }).ClickAsync();
        await Expect(visit.Page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await visit.Page.Locator(".filters").GetByLabel("State").SelectOptionAsync("ignored");
        await visit.Page.ArriveAsync("state=ignored");
        await Expect(visit.Page.Locator("#letters tbody .badge")).ToHaveTextAsync(["Ignored", "Ignored"]);
    }

    [Fact]
    public async Task Ticked_groups_are_previewed_as_one_retry()
    {
        await DieAsync(9211, "journey.together", "Journey::TogetherA", "a");
        await DieAsync(9212, "journey.together", "Journey::TogetherB", "b");
        await DieAsync(9213, "journey.together", "Journey::TogetherC", "c");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/dead-letters?event_name=journey.together");
        foreach (var error in new[] { "A", "B" }) await visit.Page.GetByLabel($"Select the group Journey::Together{error}").CheckAsync();
        await Expect(visit.Page.Locator("[data-selected]")).ToHaveTextAsync("2 selected");
        await Looks.AreRightInBothThemesAsync(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Retry selected…" }).ClickAsync();
        await visit.Page.ArriveAsync("/retries/new\\?group=.*&group=.*&event_name=journey.together$");
        await Expect(visit.Page.Locator("#preview-count")).ToHaveTextAsync("2 events");
        await Expect(visit.Page.GetByLabel("Name")).ToHaveValueAsync("Groups Journey::TogetherA, Journey::TogetherB, journey.together");
    }

    [Fact]
    public async Task Events_are_a_flat_list_with_filters_in_the_address()
    {
        await DieAsync(9301, "journey.flat", "Journey::Flat", "needle in it");
        await DieAsync(9302, "journey.flat", "Journey::Flat", "nothing");
        await using var visit = await product.SignedInAsync();
        await visit.OpenAppAsync("/dead-letters?event_name=journey.flat");
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "View" }).GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await visit.Page.ArriveAsync("view=events");
        await visit.Page.Locator(".filters").GetByLabel("Text").FillAsync("needle");
        await visit.Page.Locator(".filters").GetByLabel("Text").PressAsync("Enter");
        await visit.Page.ArriveAsync("q=needle");
        await Expect(visit.Page.Locator("#letters tbody tr")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#letters tbody tr")).ToContainTextAsync("9301");
        await visit.Page.GetByLabel("Take away the filter Text needle").ClickAsync();
        await Expect(visit.Page).Not.ToHaveURLAsync(new Regex("q=needle"));
    }

    [Fact]
    public async Task A_deploy_stands_on_the_trend_and_on_the_apps_charts()
    {
        await DieAsync(9401, "journey.deploy", "Journey::Deploy", "x");
        await using var visit = await product.SignedInAsync();
        var app = await visit.OpenAppAsync();
        await DeployAsync(app.Split('/')[^1], "9.4.1");
        await Expect(visit.Page.Locator("#chart-throughput .mark[title*='9.4.1']")).ToBeAttachedAsync();
        await visit.Page.GotoAsync(app + "/dead-letters");
        await Expect(visit.Page.Locator("#chart-dead-letters .mark[title*='9.4.1']")).ToHaveAttributeAsync("title", new Regex("Deploy 9\\.4\\.1 \\(abc\\)"));
    }

    private Task DieAsync(int id, string name, string error, string message, DateTimeOffset? at = null) => product.PostAsync(new
    {
        event_id = id,
        event_name = name,
        event_version = 1,
        status = "dead_lettered",
        attempts = 5,
        error_class = error,
        error_message = message,
        timestamp = (at ?? DateTimeOffset.UtcNow).ToString("O"),
    });

    private Task<AppendResult> DeployAsync(string app, string version) => product.Host.Services.GetRequiredService<IEventStore>().AppendAsync(
        StreamName.Deploys(AppId.TryParse(app, out var id) ? id : throw new FormatException(app)), ExpectedRevision.Any,
        [new DeployReported(DateTimeOffset.UtcNow, version, DateTimeOffset.UtcNow, "abc")]);
}
