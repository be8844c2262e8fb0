using System.Net;
using System.Net.Http.Json;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class TenantsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_token_sees_its_own_organization_only()
    {
        var tenants = (await host.GetAsync("/api/v1/tenants"))["tenants"]!.AsArray();
        tenants.Single()!["id"]!.GetValue<string>().ShouldBe(host.Ours.Organization.ToString());
        tenants.Single()!["plan"]!.GetValue<string>().ShouldBe("enterprise");
        await host.GetAsync($"/api/v1/tenants/{host.Ours.Organization}");
        var theirs = await host.GetAsync($"/api/v1/tenants/{host.Theirs.Organization}", HttpStatusCode.NotFound);
        var none = await host.GetAsync($"/api/v1/tenants/{Guid.NewGuid():N}", HttpStatusCode.NotFound);
        theirs.ToJsonString().ShouldBe(none.ToJsonString());
    }

    [Fact]
    public async Task A_person_sees_those_she_belongs_to_with_her_role()
    {
        var (person, owner) = (await host.PersonAsync("p@tenants.test"), await host.PersonAsync("o@tenants.test"));
        await host.OrganizationAsync("Hers", person);
        await host.OrganizationAsync("Of another", owner, (person, Role.Developer));
        using var browser = await Browser.SignedInAsync(host, "p@tenants.test");
        var answer = await browser.ReadAsync("/api/v1/tenants");
        answer.ShouldContain("\"name\":\"Hers\",\"slug\":\"hers\",\"plan\":\"pro\",\"role\":\"owner\",\"disabled\":false");
        answer.ShouldContain("\"name\":\"Of another\",\"slug\":\"of-another\",\"plan\":\"pro\",\"role\":\"developer\"");
    }

    [Fact]
    public async Task A_token_founds_nothing()
    {
        using var client = host.Client(host.Ours.Token);
        using var answer = await client.PostAsJsonAsync("/api/v1/tenants", new { name = "Another" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\":\"forbidden\"");
        using var stranger = host.Client();
        using var refused = await stranger.PostAsJsonAsync("/api/v1/tenants", new { name = "Another" });
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
