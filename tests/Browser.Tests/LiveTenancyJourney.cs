using EventEngine.Application.Apps;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EventEngine.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class LiveTenancyJourney(Product product)
{
    private const string Watch = """
        app => new Promise((resolve, reject) => {
          const socket = new WebSocket(`ws://${location.host}/live`);
          const say = message => socket.send(JSON.stringify(message) + '\x1e');
          socket.onerror = reject;
          socket.onopen = () => {
            say({ protocol: 'json', version: 1 });
            say({ type: 1, invocationId: '1', target: 'Watch', arguments: [app] });
          };
          socket.onmessage = ({ data }) => {
            for (const part of data.split('\x1e').filter(Boolean)) {
              const message = JSON.parse(part);
              if (message.type === 3) { socket.close(); resolve(message.error ?? 'welcome'); }
            }
          };
        })
        """;

    [Fact]
    public async Task An_app_of_another_organization_is_refused_in_the_same_words_as_one_that_does_not_exist()
    {
        var (organization, foreign) = (new OrganizationId(Guid.NewGuid()), new AppId(Guid.NewGuid()));
        await SendAsync(new CreateOrganization(organization, "Other " + organization, Plan.Free));
        await SendAsync(new RegisterApp(Actor.Operator(organization), foreign, "ledger", "production"));
        await Eventually.Becomes(async () => await ExistsAsync(organization, foreign));
        await using var visit = await product.SignedInAsync();
        var own = (await visit.Page.Locator("#rail-apps a").First.GetAttributeAsync("href"))!.Split('/')[^1];

        (await visit.Page.EvaluateAsync<string>(Watch, own)).ShouldBe("welcome");
        var unknown = await visit.Page.EvaluateAsync<string>(Watch, new AppId(Guid.NewGuid()).ToString());
        unknown.ShouldContain("There is no such app.");
        (await visit.Page.EvaluateAsync<string>(Watch, foreign.ToString())).ShouldBe(unknown);
    }

    [Fact]
    public async Task Every_page_of_another_organizations_app_is_not_found()
    {
        var (organization, foreign) = (new OrganizationId(Guid.NewGuid()), new AppId(Guid.NewGuid()));
        await SendAsync(new CreateOrganization(organization, "Stranger " + organization, Plan.Free));
        await SendAsync(new RegisterApp(Actor.Operator(organization), foreign, "vault", "production"));
        await Eventually.Becomes(async () => await ExistsAsync(organization, foreign));
        await using var visit = await product.SignedInAsync();
        foreach (var below in new[] { "", "/events", "/events/1", "/rejected" })
            (await visit.Page.GotoAsync($"/dashboard/apps/{foreign}{below}"))!.Status.ShouldBe(404, below);
        await Expect(visit.Page.GetByText("vault")).ToHaveCountAsync(0);
    }

    private async Task SendAsync<T>(IRequest<T> command)
    {
        await using var scope = product.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    private async Task<bool> ExistsAsync(OrganizationId organization, AppId app)
    {
        try
        {
            await SendAsync(new GetApp(organization, app));
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }
}
