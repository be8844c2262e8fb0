using System.Net;
using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class SettingsPagesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Below = "/dashboard/settings";

    [Fact]
    public async Task An_owner_renames_it_and_a_member_is_told_who_may()
    {
        var (owner, member) = (await host.PersonAsync("o@rename.test"), await host.PersonAsync("m@rename.test"));
        await host.OrganizationAsync("Before", owner, (member, Role.Member));
        using var hers = await Browser.SignedInAsync(host, "o@rename.test");
        await hers.GoesToAsync($"{Below}/organization", $"{Below}/organization", $"{Below}/organization?handler=Rename", ("name", "After"));
        (await hers.ReadAsync($"{Below}/organization")).ShouldContain("value=\"After\"");
        using var his = await Browser.SignedInAsync(host, "m@rename.test");
        (await his.ReadAsync($"{Below}/organization")).ShouldContain("Needs the role owner");
        using var refused = await his.PostAsync($"{Below}/organization", $"{Below}/organization?handler=Rename", ("name", "Mine"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Admins_see_invitations_tokens_and_the_audit_and_developers_do_not()
    {
        var (owner, admin, developer) = (await host.PersonAsync("o@see.test"), await host.PersonAsync("a@see.test"), await host.PersonAsync("d@see.test"));
        var organization = await host.OrganizationAsync("Seeing", owner, (admin, Role.Admin), (developer, Role.Developer));
        await host.SendAsync(new InviteMember(Actor.Person(organization, owner), "guest@see.test", Role.Member, "https://events.example"));
        await host.CaughtUpAsync();
        using var theAdmin = await Browser.SignedInAsync(host, "a@see.test");
        (await theAdmin.ReadAsync($"{Below}/people")).ShouldContain("guest@see.test");
        await theAdmin.ReadAsync($"{Below}/tokens");
        (await theAdmin.ReadAsync($"{Below}/audit")).ShouldContain("created the organization Seeing");
        using var theDeveloper = await Browser.SignedInAsync(host, "d@see.test");
        (await theDeveloper.ReadAsync($"{Below}/people")).ShouldNotContain("guest@see.test");
        foreach (var path in new[] { "tokens", "audit", "audit?handler=Csv", "audit?handler=Json" })
            (await theDeveloper.ReadAsync($"{Below}/{path}", HttpStatusCode.Forbidden)).ShouldContain("This needs the role admin or above.");
    }

    [Fact]
    public async Task A_token_is_shown_once_works_and_is_revoked()
    {
        await host.OrganizationAsync("Token pages", await host.PersonAsync("o@token-pages.test"));
        using var browser = await Browser.SignedInAsync(host, "o@token-pages.test");
        (string, string)[] fields = [("token", Guid.NewGuid().ToString()), ("Name", "ci"), ("Scopes", "Read"), ("Days", "30")];
        using var answer = await browser.PostAsync($"{Below}/tokens", $"{Below}/tokens?handler=Issue", fields);
        var page = await answer.Content.ReadAsStringAsync();
        var token = System.Text.RegularExpressions.Regex.Match(page, "ee_token_[A-Za-z0-9_-]{32}").Value;
        await host.GetAsync("/api/v1/apps", token: token);
        using var again = await browser.PostAsync($"{Below}/tokens", $"{Below}/tokens?handler=Issue", fields);
        (await again.Content.ReadAsStringAsync()).ShouldNotContain("ee_token_");
        var listed = await browser.ReadAsync($"{Below}/tokens");
        listed.ShouldNotContain(token);
        var id = System.Text.RegularExpressions.Regex.Match(listed, "confirm=([0-9a-f]{32})").Groups[1].Value;
        await browser.GoesToAsync($"{Below}/tokens", $"{Below}/tokens", $"{Below}/tokens?handler=Revoke", ("token", id));
        (await browser.ReadAsync($"{Below}/tokens")).ShouldContain("No token yet");
    }

    [Fact]
    public async Task Of_a_disabled_organization_people_see_the_reason_and_can_go_elsewhere()
    {
        var owner = await host.PersonAsync("o@off.test");
        await host.OrganizationAsync("Switched off", owner);
        var other = await host.OrganizationAsync("Still on", owner);
        using var browser = await Browser.SignedInAsync(host, "o@off.test");
        await host.SendAsync(new DisableOrganization("switched-off", "Two invoices are open."));
        await host.CaughtUpAsync();
        foreach (var path in new[] { "/dashboard", "/dashboard/pipeline", $"{Below}/people" })
            (await browser.ReadAsync(path, HttpStatusCode.Forbidden)).ShouldContain("Two invoices are open.");
        await browser.GoesToAsync("/dashboard", "/organizations/new", "/organizations/switch", ("Organization", other.ToString()));
        await browser.ReadAsync("/dashboard");
    }

    [Fact]
    public async Task Another_organization_is_founded_once_and_the_session_turns_to_it()
    {
        await host.OrganizationAsync("First", await host.PersonAsync("o@second.test"));
        using var browser = await Browser.SignedInAsync(host, "o@second.test");
        var draw = ("draw", Guid.NewGuid().ToString());
        await browser.GoesToAsync("/onboarding", "/organizations/new", "/organizations/new", draw, ("Name", "Second of mine"));
        await browser.GoesToAsync("/onboarding", "/organizations/new", "/organizations/new", draw, ("Name", "Second of mine"));
        var page = await browser.ReadAsync($"{Below}/organization");
        page.ShouldContain("value=\"Second of mine\"");
        page.ShouldContain("second-of-mine");
        page.ShouldNotContain("second-of-mine-2");
    }

    [Fact]
    public async Task The_audit_as_a_file_holds_no_formula()
    {
        await host.OrganizationAsync("=cmd()", await host.PersonAsync("o@csv.test", "=HYPERLINK(1)"));
        using var browser = await Browser.SignedInAsync(host, "o@csv.test");
        var csv = await browser.ReadAsync($"{Below}/audit?handler=Csv");
        csv.ShouldContain(",organization_created,organization,");
        csv.ShouldContain("'=HYPERLINK(1)");
        csv.ShouldNotContain(",=");
        (await browser.ReadAsync($"{Below}/audit?handler=Json")).ShouldContain("\"type\": \"organization_created\"");
    }
}
