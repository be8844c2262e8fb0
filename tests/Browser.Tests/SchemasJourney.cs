using System.Net.Http.Headers;
using System.Net.Http.Json;
using EventEngine.Application.AccessTokens;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

/// <summary>A developer defines an event, breaks it, sees whom that hurts, and decides what changes are held to.</summary>
[Collection(ProductCollection.Name)]
public sealed class SchemasJourney(Product product)
{
    [Fact]
    public async Task A_breaking_version_is_uploaded_compared_judged_and_allowed()
    {
        var name = $"cow_fed_{Guid.NewGuid():N}";
        await using var visit = await product.SignedInAsync();
        var app = await AppAsync(visit);
        var token = await TokenAsync(app);
        await UploadAsync(app, token, Definition(name, 1, "weight", "farmer_name?"));
        await UploadAsync(app, token, Definition(name, 2, "farmer_name?", "note?"));

        await Eventually.Becomes(async () => (await visit.Page.APIRequest.GetAsync($"/api/v1/schemas/{name}/diff?from=1&to=2")).Ok);
        await visit.Page.Locator(".rail").GetByRole(AriaRole.Link, new() { Name = "Schemas" }).ClickAsync();
        await visit.Page.ArriveAsync("/dashboard/schemas$");
        await visit.Page.GetByLabel("Event", new() { Exact = true }).FillAsync(name);
        await visit.Page.GetByLabel("Verdict").SelectOptionAsync("breaking");
        await visit.Page.ArriveAsync($"q={name}&verdict=breaking");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await visit.Page.ArriveAsync($"/dashboard/schemas/{name}");

        var diff = visit.Page.Locator("#diff");
        await Expect(diff.GetByRole(AriaRole.Heading)).ToHaveTextAsync("What changed from v1 to v2");
        await Expect(diff.Locator("tr.breaks")).ToContainTextAsync("Removed");
        await Expect(diff.Locator("tr.breaks")).ToContainTextAsync("weight");
        await Expect(diff.Locator("tr.harmless")).ToContainTextAsync("Added");
        await Expect(diff).ToContainTextAsync("Consumers of v1 that read weight will find nothing there in events of v2.");
        await Expect(diff).ToContainTextAsync("REQUIRED_FIELD_REMOVED");
        await Looks.AreRightInBothThemesAsync(visit);

        await diff.GetByLabel("From", new() { Exact = true }).SelectOptionAsync("2");
        await visit.Page.ArriveAsync("from=2&to=2");
        await diff.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("1");
        await visit.Page.ArriveAsync("from=2&to=1");
        await Expect(diff.Locator("tr.allowed")).ToContainTextAsync("Added");

        await visit.Page.GetByLabel("Mode", new() { Exact = true }).SelectOptionAsync("Backward");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save mode" }).ClickAsync();
        await visit.Page.ArriveAsync("#mode$");
        await Expect(visit.Page.Locator("#mode")).ToContainTextAsync("backward of this event");
        await Expect(visit.Page.Locator("#verdicts")).ToContainTextAsync("Compatible (backward)");
        await Expect(visit.Page.Locator(".head .badge")).ToHaveTextAsync("Compatible");
        await Expect(visit.Page.GetByText("Mode of this event set to backward.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_catalog_goes_out_as_a_file()
    {
        var name = $"exported_{Guid.NewGuid():N}";
        await using var visit = await product.SignedInAsync();
        var app = await AppAsync(visit);
        await UploadAsync(app, await TokenAsync(app), Definition(name, 1, "weight"));
        await Eventually.Becomes(async () => (await visit.Page.APIRequest.GetAsync($"/api/v1/schemas/{name}")).Ok);

        var csv = await (await visit.Page.APIRequest.GetAsync($"/dashboard/schemas?handler=Csv&q={name}")).TextAsync();
        csv.Split("\r\n")[1].ShouldStartWith($"{name},first_version,1,shop (production),0,0,");
        var json = await (await visit.Page.APIRequest.GetAsync($"/dashboard/schemas?handler=Json&q={name}")).TextAsync();
        json.ShouldContain("\"NEVER_EMITTED\"");
    }

    private async Task<string> TokenAsync(AppId app)
    {
        var secret = $"ci-{Guid.NewGuid():N}";
        await using var scope = product.Host.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var organization = (await mediator.Send(new FindOwners([app]))).Values.Single();
        await mediator.Send(new IssueAccessToken(Actor.Operator(organization), Guid.NewGuid(), "ci", new AccessSecret(secret), [Permission.ManageSchemas], null));
        return secret;
    }

    private async Task UploadAsync(AppId app, string token, object definition)
    {
        using var client = new HttpClient { BaseAddress = new Uri(product.Host.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.PostAsJsonAsync($"/api/v1/schemas?app={app}", new[] { definition });
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The app that the host was provisioned with.</summary>
    private static async Task<AppId> AppAsync(Visit visit)
    {
        var address = await visit.Page.Locator($"#rail-apps a[title^='{ProductHost.App},']").GetAttributeAsync("href");
        AppId.TryParse(address!.Split('/')[^1], out var app).ShouldBeTrue();
        return app;
    }

    private static object Definition(string name, int version, params string[] fields) => new
    {
        event_name = name,
        event_version = version,
        event_type = "domain",
        required_inputs = new[] { "cow" },
        payload_fields = fields.Select(field => new { name = field.TrimEnd('?'), from = "cow", attr = field.TrimEnd('?'), required = !field.EndsWith('?') }),
    };
}
