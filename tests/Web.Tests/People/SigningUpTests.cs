using System.Net;
using EventEngine.Testing;
using EventEngine.Web.Tests.Mail;

namespace EventEngine.Web.Tests.People;

public sealed class SigningUpTests(PeopleHost host) : IClassFixture<PeopleHost>
{
    [Fact]
    public async Task Leads_on_at_once_and_is_signed_in()
    {
        using var browser = host.Browser();
        var answer = await browser.SignUpAsync(PeopleHost.NewEmail(), PeopleHost.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Browser.Location(answer).ShouldBe("/onboarding");
        Browser.Location(await browser.GetAsync("/dashboard")).ShouldBe("/onboarding", "there is no organization yet");
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_answered_exactly_as_one_that_has_none()
    {
        var known = PeopleHost.NewEmail();
        await host.PersonAsync(known);
        var (mine, theirs) = (await SignUpAsync(PeopleHost.NewEmail()), await SignUpAsync(known));
        theirs.ShouldBe(mine);
    }

    [Fact]
    public async Task Signing_in_with_what_one_signed_up_with_tells_nothing_either()
    {
        var (known, fresh) = (PeopleHost.NewEmail(), PeopleHost.NewEmail());
        await host.PersonAsync(known);
        var answers = new List<string>();
        foreach (var email in new[] { known, fresh })
        {
            using var browser = host.Browser();
            await browser.SignUpAsync(email, "a password of my own");
            using var later = host.Browser();
            var answer = await later.TrySignInAsync(email, "a password of my own");
            answers.Add($"{answer.StatusCode} {Without(await answer.Content.ReadAsStringAsync(), email)}");
        }

        answers[0].ShouldBe(answers[1]);
        answers[0].ShouldContain("follow the link in our letter");
    }

    [Fact]
    public async Task The_owner_of_the_address_is_told_by_letter_and_keeps_her_password()
    {
        var email = PeopleHost.NewEmail();
        await host.PersonAsync(email);
        using var stranger = host.Browser();
        await stranger.SignUpAsync(email, "the stranger's password");
        await LetterAsync(email, "You already have an account");
        using var owner = host.Browser();
        await owner.SignInAsync(email, PeopleHost.Password);
    }

    [Fact]
    public async Task With_the_link_of_the_letter_the_address_is_hers()
    {
        var email = PeopleHost.NewEmail();
        using var browser = host.Browser();
        await browser.SignUpAsync(email, PeopleHost.Password);
        var link = (await LetterAsync(email, "Confirm your email address")).Link();
        (await browser.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var tooEarly = host.Browser();
        (await tooEarly.TrySignInAsync(email, PeopleHost.Password)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "opening the link is not enough");
        (await browser.PostAsync(link, new Dictionary<string, string>())).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var elsewhere = host.Browser();
        await elsewhere.SignInAsync(email, PeopleHost.Password);
    }

    [Fact]
    public async Task Who_only_claimed_an_address_loses_it_to_whoever_proves_it()
    {
        var email = PeopleHost.NewEmail();
        using var squatter = host.Browser();
        await squatter.SignUpAsync(email, "the squatter's password");
        using var owner = host.Browser();
        await owner.SignUpAsync(email, PeopleHost.Password);
        var letters = await LettersAsync(email, 2);
        await owner.PostAsync(letters[1].Link(), new Dictionary<string, string>());
        (await squatter.PostAsync(letters[0].Link(), new Dictionary<string, string>())).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var elsewhere = host.Browser();
        await elsewhere.SignInAsync(email, PeopleHost.Password);
    }

    [Theory]
    [InlineData("no address", "correct horse battery", "This is no email address.")]
    [InlineData("a@b.test,c@d.test", "correct horse battery", "This is no email address.")]
    [InlineData("mira@example.test\r\nBcc: x@y.test", "correct horse battery", "This is no email address.")]
    [InlineData("mira@example.test", "short", "A password has at least 8 characters.")]
    public async Task What_can_not_be_is_refused_in_words(string email, string password, string words)
    {
        using var browser = host.Browser();
        var answer = await browser.SignUpAsync(email, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Fact]
    public async Task Nobody_can_fill_a_mailbox_by_signing_up_with_it_again_and_again()
    {
        var email = PeopleHost.NewEmail();
        for (var i = 0; i < 8; i++)
        {
            using var browser = host.Browser();
            await browser.SignUpAsync(email, PeopleHost.Password);
        }

        await LettersAsync(email, 5);
        host.MailServer.Recipients.Count(line => line.Contains(email, StringComparison.Ordinal)).ShouldBe(5);
    }

    private async Task<string> SignUpAsync(string email)
    {
        using var browser = host.Browser(keepsCookies: true);
        var answer = await browser.SignUpAsync(email, PeopleHost.Password);
        var cookies = answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split('=')[0] + ";" + cookie.Split(';', 2)[1]);
        return $"{(int)answer.StatusCode} {answer.Headers.Location} {string.Join('|', cookies)} {await answer.Content.ReadAsStringAsync()}";
    }

    private static string Without(string html, string email) =>
        System.Text.RegularExpressions.Regex.Replace(html.Replace(email, "EMAIL"), "value=\"CfDJ8[^\"]+\"|data-now=\"\\d+\"", "", default, TimeSpan.FromSeconds(1));

    private async Task<SentMail> LetterAsync(string email, string subject)
    {
        SentMail? found = null;
        await Eventually.Becomes(() => Task.FromResult((found = host.MailServer.SentTo(email).FirstOrDefault(mail => mail.Subject == subject)) is not null));
        return found!;
    }

    private async Task<IReadOnlyList<SentMail>> LettersAsync(string email, int count)
    {
        await Eventually.Becomes(() => host.MailServer.SentTo(email).Count >= count);
        return host.MailServer.SentTo(email);
    }
}
