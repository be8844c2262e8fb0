using EventEngine.Application.People;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.People;

public sealed class AccountLettersTests
{
    private const string Origin = "https://events.example", Link = Origin + "/path?person=1&token=2";

    [Fact]
    public void Every_letter_about_an_account_in_plain_text() => Snapshot.Matches(string.Join("\n=====\n\n", All.Select(letter => $"Subject: {letter.Subject}\n\n{letter.Text}")));

    [Fact]
    public void Every_letter_about_an_account_in_html() => Snapshot.Matches(string.Join("\n=====\n\n", All.Select(letter => letter.Html)));

    private static IEnumerable<Application.Mail.Letter> All =>
    [
        .. new[]
        {
            AccountLetters.Verify(Link), AccountLetters.AlreadyHere(Origin), AccountLetters.Reset(Link), AccountLetters.NobodyHere(Origin),
            AccountLetters.PasswordChanged(Origin), AccountLetters.ChangeEmail(Link), AccountLetters.EmailChanged(Origin),
        }.Select(content => content.To("mira@example.test")),
    ];
}
