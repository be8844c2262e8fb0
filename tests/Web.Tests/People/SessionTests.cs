using System.Net;
using EventEngine.Application.People;
using EventEngine.Web.People;

namespace EventEngine.Web.Tests.People;

public sealed class SessionTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task The_cookie_is_for_our_own_pages_and_for_no_script()
    {
        var email = PeopleHost.NewEmail();
        await host.PersonAsync(email);
        using var browser = host.Browser();
        var cookie = SessionCookieOf(await browser.TrySignInAsync(email, PeopleHost.Password));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldContain("path=/", Case.Insensitive);
        cookie.ShouldNotContain("domain=", Case.Insensitive);
    }

    [Fact]
    public async Task What_we_keep_of_a_session_opens_nothing()
    {
        var email = PeopleHost.NewEmail();
        var person = await host.PersonAsync(email);
        using var browser = host.Browser();
        var secret = SessionCookieOf(await browser.TrySignInAsync(email, PeopleHost.Password)).Split('=', ';')[1];
        await using var query = host.Database.DataSource.CreateCommand("select row_to_json(s)::text from app.sessions s where person_id = $1");
        query.Parameters.AddWithValue(person);
        ((string)(await query.ExecuteScalarAsync())!).ShouldNotContain(secret);
    }

    [Fact]
    public async Task A_session_that_somebody_prepared_is_not_the_one_that_is_signed_in()
    {
        var (browser, _, _, _) = await host.MemberAsync();
        var planted = await CookieOfAsync(browser);
        var email = PeopleHost.NewEmail();
        await host.OrganizationAsync(await host.PersonAsync(email));
        await browser.PostAsync("/dashboard/settings/account", new Dictionary<string, string>(), to: "/sign-out");
        var fresh = SessionCookieOf(await browser.TrySignInAsync(email, PeopleHost.Password)).Split(';')[0];
        planted.ShouldNotContain(fresh);
        using var attacker = host.Browser(keepsCookies: false);
        attacker.Client.DefaultRequestHeaders.Add("Cookie", planted);
        Browser.Location(await attacker.GetAsync("/dashboard")).ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself_and_not_only_the_cookie()
    {
        var (browser, _, _, _) = await host.MemberAsync();
        var stolen = host.Browser(keepsCookies: false);
        stolen.Client.DefaultRequestHeaders.Add("Cookie", await CookieOfAsync(browser));
        (await stolen.GetAsync("/dashboard")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await browser.PostAsync("/dashboard/settings/account", new Dictionary<string, string>(), to: "/sign-out");
        Browser.Location(await stolen.GetAsync("/dashboard")).ShouldStartWith("/sign-in");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/dashboard\\..\\..//evil.example")]
    public async Task Nobody_is_led_to_another_site(string address)
    {
        var email = PeopleHost.NewEmail();
        await host.PersonAsync(email);
        using var browser = host.Browser();
        var answer = await browser.TrySignInAsync(email, PeopleHost.Password, "?ReturnUrl=" + Uri.EscapeDataString(address));
        Browser.Location(answer).ShouldBe("/dashboard");
    }

    [Fact]
    public async Task A_change_of_role_and_a_removal_hold_for_the_very_next_request()
    {
        var (browser, person, _, organization) = await host.MemberAsync();
        (await browser.TextAsync("/dashboard")).ShouldContain("owner of");
        await ExecuteAsync("update views.members set role = 'member' where person_id = $1 and organization_id = $2", person, organization.Value);
        (await browser.TextAsync("/dashboard")).ShouldContain("member of");
        await ExecuteAsync("delete from views.members where person_id = $1 and organization_id = $2", person, organization.Value);
        Browser.Location(await browser.GetAsync("/dashboard")).ShouldBe("/onboarding");
    }

    [Fact]
    public async Task Only_an_organization_that_one_belongs_to_can_be_turned_to()
    {
        var (browser, person, _, first) = await host.MemberAsync();
        var second = await host.OrganizationAsync(person, "Second home");
        var (_, _, _, foreign) = await host.MemberAsync();
        async Task<HttpResponseMessage> SwitchAsync(string to) =>
            await browser.PostAsync("/dashboard/settings/account", new Dictionary<string, string> { ["Organization"] = to }, to: "/organizations/switch");
        (await browser.TextAsync("/dashboard")).ShouldNotContain("owner of Second home");
        Browser.Location(await SwitchAsync(second.ToString())).ShouldBe("/dashboard");
        (await browser.TextAsync("/dashboard")).ShouldContain("owner of Second home");
        foreach (var other in new[] { foreign.ToString(), Guid.NewGuid().ToString("N"), "nonsense" })
            (await SwitchAsync(other)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.TextAsync("/dashboard")).ShouldContain("owner of Second home");
        Browser.Location(await SwitchAsync(first.ToString())).ShouldBe("/dashboard");
    }

    [Fact]
    public async Task A_session_has_its_end_and_use_puts_it_off()
    {
        var clock = new SteppedClock();
        var sessions = new Infrastructure.People.Sessions(host.Database.DataSource);
        var person = await host.PersonAsync(PeopleHost.NewEmail());
        var digest = SessionSecret.Digest("a secret");
        var session = new Session(Guid.NewGuid(), person, null, SessionKind.Browser, null, clock.Now, clock.Now, clock.Now.AddDays(14));
        await sessions.OpenAsync(session, digest, default);
        (await sessions.FindAsync(digest, clock.Now.AddDays(14), default)).ShouldBeNull();
        await sessions.SeenAsync(session.Id, clock.Now.AddDays(1), clock.Now.AddDays(15), default);
        (await sessions.FindAsync(digest, clock.Now.AddDays(14), default)).ShouldNotBeNull();
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private static string SessionCookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(SessionCookie.Name + "=", StringComparison.Ordinal));

    // The cookie handler of the client keeps it to itself: asked of the request that it sends.
    private static async Task<string> CookieOfAsync(Browser browser)
    {
        var answer = await browser.GetAsync("/dashboard");
        return string.Join("; ", answer.RequestMessage!.Headers.GetValues("Cookie"));
    }
}
