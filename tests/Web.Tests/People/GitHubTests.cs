using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace EventEngine.Web.Tests.People;

public sealed class GitHubTests(GitHubTests.GitHubHost host) : IClassFixture<GitHubTests.GitHubHost>
{
    private static int s_ids = 1000;

    [Fact]
    public async Task Somebody_new_is_led_to_onboarding_and_comes_back_by_the_same_way()
    {
        var mira = Somebody(PeopleHost.NewEmail());
        using var browser = host.Browser();
        Browser.Location(await GoAsync(browser, mira)).ShouldBe("/onboarding");
        Browser.Location(await browser.GetAsync("/dashboard")).ShouldBe("/onboarding");
        using var later = host.Browser();
        Browser.Location(await GoAsync(later, mira with { Email = "moved@example.test" })).ShouldBe("/dashboard", "GitHub's id is what counts");
    }

    [Fact]
    public async Task A_person_whose_address_both_sides_have_confirmed_is_the_same_person()
    {
        var (_, person, email, _) = await host.MemberAsync();
        using var browser = host.Browser();
        await GoAsync(browser, Somebody(email));
        (await browser.TextAsync("/dashboard/settings/account")).ShouldContain(email);
        (await host.SendAsync(new Application.People.GetAccount(person))).Logins.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_account_whose_address_nobody_confirmed_is_not_entered_by_it()
    {
        var email = PeopleHost.NewEmail();
        await host.Browser().SignUpAsync(email, "the squatter's password");
        using var browser = host.Browser();
        Browser.Location(await GoAsync(browser, Somebody(email))).ShouldBe("/sign-in?problem=github-sign-in-first");
        (await browser.TextAsync("/sign-in?problem=github-sign-in-first")).ShouldContain("Sign in with its password");
    }

    [Fact]
    public async Task An_address_that_GitHub_has_not_verified_opens_nothing()
    {
        var (_, _, email, _) = await host.MemberAsync();
        using var browser = host.Browser();
        Browser.Location(await GoAsync(browser, Somebody(email) with { Verified = false })).ShouldBe("/sign-in?problem=github");
        Browser.Location(await browser.GetAsync("/dashboard")).ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Who_is_signed_in_links_whatever_GitHub_account_she_has_and_nobody_elses()
    {
        var hers = Somebody("private@example.test");
        var (browser, _, _, _) = await host.MemberAsync();
        Browser.Location(await GoAsync(browser, hers, from: "/dashboard/settings/account")).ShouldBe("/dashboard");
        (await browser.TextAsync("/dashboard/settings/account")).ShouldContain(hers.Login);
        var (other, _, _, _) = await host.MemberAsync();
        Browser.Location(await GoAsync(other, hers, from: "/dashboard/settings/account")).ShouldBe("/sign-in?problem=github-taken");
    }

    [Fact]
    public async Task A_return_that_this_browser_did_not_ask_for_signs_nobody_in()
    {
        using var attacker = host.Browser();
        var start = await attacker.PostAsync("/sign-in", new Dictionary<string, string>(), to: "/github");
        var back = host.GitHub.Agree(Browser.Location(start), Somebody(PeopleHost.NewEmail()));
        using var victim = host.Browser();
        Browser.Location(await victim.GetAsync(back)).ShouldBe("/sign-in?problem=github");
        Browser.Location(await victim.GetAsync("/dashboard")).ShouldStartWith("/sign-in");
        Browser.Location(await victim.GetAsync("/sign-in/github?code=x&state=forged")).ShouldBe("/sign-in?problem=github");
    }

    [Fact]
    public async Task The_way_there_is_offered_and_allowed_by_the_content_security_policy()
    {
        using var browser = host.Browser();
        var page = await browser.GetAsync("/sign-in");
        (await page.Content.ReadAsStringAsync()).ShouldContain("Go on with GitHub");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"form-action 'self' {host.GitHub.Address}");
    }

    private static GitHubPerson Somebody(string email)
    {
        var id = Interlocked.Increment(ref s_ids);
        return new GitHubPerson(id, $"login-{id}", email);
    }

    private async Task<HttpResponseMessage> GoAsync(Browser browser, GitHubPerson person, string from = "/sign-in")
    {
        var start = await browser.PostAsync(from, new Dictionary<string, string>(), to: "/github");
        start.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await browser.GetAsync(host.GitHub.Agree(Browser.Location(start), person));
    }

    /// <summary>Without a mail server, so that who signs up holds her address at once.</summary>
    public sealed class GitHubHost : PeopleHost, IAsyncLifetime
    {
        public FakeGitHub GitHub { get; } = new();

        protected override bool SendsMail => false;

        async Task IAsyncLifetime.InitializeAsync()
        {
            await GitHub.StartAsync();
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await GitHub.DisposeAsync();
        }

        protected override void Configure(IWebHostBuilder builder)
        {
            base.Configure(builder);
            builder.UseSetting("EventEngine:GitHub:ClientId", FakeGitHub.ClientId);
            builder.UseSetting("EventEngine:GitHub:ClientSecret", FakeGitHub.ClientSecret);
            builder.UseSetting("EventEngine:GitHub:Address", GitHub.Address);
            builder.UseSetting("EventEngine:GitHub:ApiAddress", GitHub.Address);
        }
    }
}
