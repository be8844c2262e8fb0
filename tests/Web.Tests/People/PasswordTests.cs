using System.Net;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.People;

public sealed class PasswordTests(OutboxHost host) : IClassFixture<OutboxHost>
{
    private const string New = "another good password";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_of_a_letter_once_and_every_session_ends()
    {
        var (browser, _, email, _) = await host.MemberAsync();
        using var elsewhere = host.Browser();
        await AskAsync(elsewhere, email);
        var link = await LinkToAsync(email, "/reset-password");
        Browser.Location(await elsewhere.PostAsync(link, Fields("Password", New))).ShouldBe("/dashboard");
        (await elsewhere.GetAsync("/dashboard")).StatusCode.ShouldBe(HttpStatusCode.OK, "she is signed in at once");
        Browser.Location(await browser.GetAsync("/dashboard")).ShouldStartWith("/sign-in");
        (await elsewhere.PostAsync(link, Fields("Password", "a third password"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it works once");
        using var later = host.Browser();
        await later.SignInAsync(email, New);
    }

    [Fact]
    public async Task Asking_for_a_link_is_answered_the_same_whoever_asks()
    {
        var (_, _, known, _) = await host.MemberAsync();
        var unknown = PeopleHost.NewEmail();
        using var browser = host.Browser();
        var answers = new List<string>();
        foreach (var email in new[] { known, unknown }) answers.Add((await (await AskAsync(browser, email)).Content.ReadAsStringAsync()).Replace(email, "EMAIL"));
        Steady(answers[0]).ShouldBe(Steady(answers[1]));
        (await host.LettersToAsync(unknown)).ShouldHaveSingleItem().Subject.ShouldBe("No account with this address");
    }

    [Fact]
    public async Task A_link_opens_only_the_account_that_it_was_made_for()
    {
        var (_, _, email, _) = await host.MemberAsync();
        var (_, victim, victimsEmail, _) = await host.MemberAsync();
        using var browser = host.Browser();
        await AskAsync(browser, email);
        var token = (await LinkToAsync(email, "/reset-password")).Split("token=")[1];
        var forged = $"/reset-password?person={victim:N}&token={token}";
        (await browser.PostAsync(forged, Fields("Password", New))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsync($"/reset-password?person={victim:N}&token=nonsense", Fields("Password", New))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await host.Browser().SignInAsync(victimsEmail, PeopleHost.Password);
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_old_one_and_ends_the_other_sessions()
    {
        var (browser, _, email, _) = await host.MemberAsync();
        using var other = host.Browser();
        await other.SignInAsync(email, PeopleHost.Password);
        const string Page = "/dashboard/settings/account";
        var wrong = await browser.PostAsync(Page, Fields("current", "wrong", "password", New), Page + "?handler=Password");
        wrong.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("This is not your current password.");
        var right = await browser.PostAsync(Page, Fields("current", PeopleHost.Password, "password", New), Page + "?handler=Password");
        Browser.Location(right).ShouldBe(Page);
        (await browser.GetAsync(Page)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Browser.Location(await other.GetAsync(Page)).ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task Signing_out_everywhere_means_everywhere()
    {
        var (browser, _, email, _) = await host.MemberAsync();
        using var other = host.Browser();
        await other.SignInAsync(email, PeopleHost.Password);
        const string Page = "/dashboard/settings/account";
        Browser.Location(await browser.PostAsync(Page, Fields(), Page + "?handler=EndAll")).ShouldBe("/sign-in");
        foreach (var one in new[] { browser, other }) Browser.Location(await one.GetAsync(Page)).ShouldStartWith("/sign-in");
    }

    [Fact]
    public async Task A_changed_address_has_to_be_proven_and_the_old_one_is_told()
    {
        var (browser, _, email, _) = await host.MemberAsync();
        var next = PeopleHost.NewEmail();
        const string Page = "/dashboard/settings/account";
        await browser.PostAsync(Page, Fields("email", next, "password", PeopleHost.Password), Page + "?handler=Email");
        await host.Browser().SignInAsync(email, PeopleHost.Password);
        await browser.PostAsync(await LinkToAsync(next, "/change-email"), Fields());
        await host.Browser().SignInAsync(next, PeopleHost.Password);
        (await host.LettersToAsync(email)).ShouldContain(letter => letter.Subject == "Your email address was changed");
    }

    [Fact]
    public async Task The_host_that_a_request_names_never_stands_in_a_letter()
    {
        var (_, _, email, _) = await host.MemberAsync();
        using var browser = host.Browser();
        browser.Client.DefaultRequestHeaders.Host = "evil.example";
        (await AskAsync(browser, email)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.LettersToAsync(email)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_mail_server_who_signs_up_can_come_back()
    {
        var email = PeopleHost.NewEmail();
        await host.Browser().SignUpAsync(email, PeopleHost.Password);
        await host.Browser().SignInAsync(email, PeopleHost.Password);
    }

    [Fact]
    public async Task Letters_wait_in_the_outbox_of_a_developers_machine_only()
    {
        using var browser = host.Browser();
        (await browser.GetAsync("/outbox")).StatusCode.ShouldBe(HttpStatusCode.OK, "tests run in Development");
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        (await browser.GetAsync("/outbox")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> AskAsync(Browser browser, string email) => await browser.PostAsync("/forgotten-password", Fields("Email", email));

    private async Task<string> LinkToAsync(string email, string path)
    {
        var line = (await host.LettersToAsync(email)).SelectMany(letter => letter.Text.Split('\n')).First(line => line.Contains(path, StringComparison.Ordinal));
        return new Uri(line).PathAndQuery;
    }

    private static string Steady(string html) => System.Text.RegularExpressions.Regex.Replace(html, "data-now=\"[0-9]+\"", "", default, TimeSpan.FromSeconds(1));

    private static Dictionary<string, string> Fields(params string[] pairs) => pairs.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
