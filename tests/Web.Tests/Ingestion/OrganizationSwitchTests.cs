using System.Net;
using EventEngine.Application.Billing;
using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Ingestion;

[Collection(nameof(QuotaHost))]
public sealed class OrganizationSwitchTests(QuotaHost host)
{
    [Fact]
    public async Task A_disabled_organizations_apps_are_refused_and_enabled_ones_taken_again()
    {
        var farm = await host.OrganizationAsync(Plan.Enterprise);
        var (_, key) = await host.KeyAsync(farm, await host.AppAsync(farm));
        var slug = (await host.SendAsync(new GetOrganization(farm))).Value.Slug;
        await host.SendAsync(new DisableOrganization(slug, "unpaid"));

        await Eventually.Becomes(async () => await StatusAsync(key) == HttpStatusCode.Forbidden);
        using (var refused = await host.PostAsync(key, ["1"])) (await QuotaHost.JsonAsync(refused))["error"]!.GetValue<string>().ShouldBe("organization_disabled");

        await host.SendAsync(new EnableOrganization(slug));
        await Eventually.Becomes(async () => await StatusAsync(key) == HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_better_plan_takes_what_the_smaller_one_refused()
    {
        var farm = await host.OrganizationAsync(Plan.Free);
        var (_, key) = await host.KeyAsync(farm, await host.AppAsync(farm));
        using (var full = await host.PostAsync(key, Enumerable.Range(0, QuotaHost.FreeEvents).Select(id => $"{id}"))) full.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await StatusAsync(key)).ShouldBe(HttpStatusCode.TooManyRequests);

        var slug = (await host.SendAsync(new GetOrganization(farm))).Value.Slug;
        await host.SendAsync(new ChangePlan(slug, Plan.Pro));

        await Eventually.Becomes(async () => await StatusAsync(key) == HttpStatusCode.Accepted);
        (await host.SendAsync(new ChangePlan(slug, Plan.Pro))).ShouldBeNull();
    }

    private async Task<HttpStatusCode> StatusAsync(Domain.Apps.ApiKey key)
    {
        using var response = await host.PostAsync(key, ["another"]);
        return response.StatusCode;
    }
}
