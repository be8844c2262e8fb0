using EventEngine.Application.EventStore;
using EventEngine.Application.People;
using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

/// <summary>A role counts from the moment it is given or taken, also on a page that is open.</summary>
[Collection(ProductCollection.Name)]
public sealed class RoleJourney(Product product)
{
    private const int OneSecond = 1000;

    [Fact]
    public async Task An_open_page_of_settings_loses_its_controls_when_an_admin_becomes_a_member()
    {
        var (person, email) = await AdminAsync();
        await using var visit = await product.VisitAsync();
        await visit.EnterAsync(email, ProductHost.Password);
        await visit.Page.GotoAsync("/dashboard/settings/apps");
        await visit.IsLiveAsync();
        var register = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Register app" });
        await Expect(register).Not.ToHaveAttributeAsync("aria-disabled", "true");

        await SayAsync(new RoleChanged(DateTimeOffset.UtcNow, person, Role.Member));

        await Expect(register).ToHaveAttributeAsync("aria-disabled", "true", new() { Timeout = 5 * OneSecond });
        await Expect(register).ToHaveAttributeAsync("title", "Needs the role admin or above");
    }

    [Fact]
    public async Task A_page_that_needs_a_role_is_closed_when_the_role_is_taken()
    {
        var (person, email) = await AdminAsync();
        await using var visit = await product.VisitAsync();
        await visit.EnterAsync(email, ProductHost.Password);
        await visit.Page.GotoAsync("/onboarding/app");
        await visit.Page.GetByLabel("Name").FillAsync("sneaked in");
        await SayAsync(new RoleChanged(DateTimeOffset.UtcNow, person, Role.Member));
        await Eventually.Becomes(async () => (await visit.Page.APIRequest.GetAsync("/onboarding/app")).Status == 403);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Register and get the key" }).ClickAsync();
        await Expect(visit.Page.GetByText("Needs the role admin or above")).ToBeVisibleAsync();
    }

    private async Task<(Guid Person, string Email)> AdminAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.test";
        Guid person;
        await using (var scope = product.Host.Services.CreateAsyncScope())
            person = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RegisterPerson(email, ProductHost.Password));
        await SayAsync(new MemberJoined(DateTimeOffset.UtcNow, person, Role.Admin));
        await Eventually.Becomes(async () =>
        {
            await using var visit = await product.VisitAsync();
            await visit.EnterAsync(email, ProductHost.Password);
            return visit.Page.Url.EndsWith("/dashboard", StringComparison.Ordinal);
        });
        return (person, email);
    }

    private async Task SayAsync(IFact fact)
    {
        var stream = StreamName.Organization(await OrganizationAsync());
        await product.Host.Services.GetRequiredService<IEventStore>().AppendAsync(stream, ExpectedRevision.Any, [fact], new FactMetadata(), default);
    }

    /// <summary>That of the app which the host was provisioned with.</summary>
    private async Task<OrganizationId> OrganizationAsync()
    {
        await using var owner = await product.SignedInAsync();
        AppId.TryParse((await owner.Page.Locator("#rail-apps a").First.GetAttributeAsync("href"))!.Split('/')[^1], out var app).ShouldBeTrue();
        await using var scope = product.Host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new FindOwners([app])))[app];
    }
}
