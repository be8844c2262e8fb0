using System.Net;
using EventEngine.Application.Organizations;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Tests.Api;

namespace EventEngine.Web.Tests.Organizations;

public sealed class AcceptingPagesTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_guest_without_an_account_makes_one_and_is_in()
    {
        var (organization, path) = await InviteAsync("newcomers", "new@newcomers.test");
        using var browser = new Browser(host);
        (await browser.ReadAsync(path)).ShouldContain("Create account and join");
        await browser.GoesToAsync("/dashboard", path, $"{path}?handler=SignUp", ("Name", "Nora"), ("Password", OrganizationStories.Password));
        await browser.ReadAsync("/dashboard");
        (await host.SendAsync(new ListMembers(organization))).Value.ShouldContain(member => member.Name == "Nora" && member.Email == "new@newcomers.test");
        (await browser.ReadAsync(path, HttpStatusCode.NotFound)).ShouldContain("not open any more");
        using var later = await Browser.SignedInAsync(host, "new@newcomers.test");
        await later.ReadAsync("/dashboard");
    }

    [Fact]
    public async Task A_guest_with_an_account_signs_in_first_and_joins_as_whom_she_likes()
    {
        await host.PersonAsync("known@known.test");
        var (organization, path) = await InviteAsync("known", "known@known.test");
        using (var stranger = new Browser(host))
        {
            (await stranger.ReadAsync(path)).ShouldContain("Sign in to join");
            using var refused = await stranger.PostAsync("/sign-in", $"{path}?handler=SignUp", ("Password", OrganizationStories.Password));
            (await refused.Content.ReadAsStringAsync()).ShouldContain("Sign in to join");
        }

        var other = await host.PersonAsync("other@known.test");
        using var browser = await Browser.SignedInAsync(host, "other@known.test");
        (await browser.ReadAsync(path)).ShouldContain("You are signed in as <strong class=\"breaks\">other@known.test");
        await browser.GoesToAsync("/dashboard", path, $"{path}?handler=Accept");
        (await host.SendAsync(new ListMembers(organization))).Value.ShouldContain(member => member.PersonId == other);
    }

    [Fact]
    public async Task Used_and_unknown_links_look_the_same_and_their_address_goes_nowhere()
    {
        var (_, path) = await InviteAsync("links", "guest@links.test");
        using var browser = new Browser(host);
        using (var open = await browser.GetAsync(path)) open.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        await browser.GoesToAsync("/dashboard", path, $"{path}?handler=SignUp", ("Password", OrganizationStories.Password));
        using var stranger = new Browser(host);
        var used = await stranger.ReadAsync(path, HttpStatusCode.NotFound);
        var unknown = await stranger.ReadAsync($"/invitations/{InvitationToken.Create().Secret}", HttpStatusCode.NotFound);
        Body(used).ShouldBe(Body(unknown));
    }

    private static string Body(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];

    private async Task<(OrganizationId Organization, string Path)> InviteAsync(string name, string email)
    {
        var owner = await host.PersonAsync($"owner@{name}.test");
        var organization = await host.OrganizationAsync(name, owner);
        await host.SendAsync(new InviteMember(Actor.Person(organization, owner), email, Role.Developer, "https://events.example"));
        await host.CaughtUpAsync();
        return (organization, $"/invitations/{(await host.TokenInLetterAsync(email)).Secret}");
    }
}
