using EventEngine.Application.Mail;
using EventEngine.Testing;

namespace EventEngine.Web.Tests.Mail;

public sealed class LetterTests
{
    private static readonly LetterContent Invitation = new(
        "Mira invited you to Blue Crane", "Join Blue Crane", "Mira invited you to Blue Crane as a developer.", "The invitation ends in 7 days.")
    {
        Link = new LetterLink("Accept the invitation", "https://events.example/invitations/abc?x=1&y=2"),
        Footnote = "You get this because Mira gave us your address.",
    };

    [Fact]
    public void Its_plain_form() => Snapshot.Matches(Shown(Invitation.To("jo@example.test"), letter => letter.Text));

    [Fact]
    public void Its_form_in_html() => Snapshot.Matches(Shown(Invitation.To("jo@example.test"), letter => letter.Html));

    [Fact]
    public void What_people_typed_is_escaped()
    {
        var letter = new LetterContent("x", "<img src=x>", "\"><script>alert(1)</script>") { Link = new LetterLink("<b>", "https://x.test/\"onclick=\"") }.To("jo@example.test");
        letter.Html.ShouldNotContain("<script");
        letter.Html.ShouldNotContain("<img");
        letter.Html.ShouldNotContain("<b>");
        letter.Html.ShouldNotContain("\"onclick");
    }

    [Theory]
    [InlineData("Hello\r\nBcc: everybody@example.test")]
    [InlineData("Hello\nContent-Type: text/html")]
    [InlineData("Hello\r\n\r\nA body of my own")]
    [InlineData("Hello\u2028Bcc: everybody@example.test")]
    public void Nobody_ends_the_line_of_a_header_or_a_paragraph(string name)
    {
        var letter = new LetterContent($"{name} invited you", $"Join {name}", name) { Footnote = name }.To("jo@example.test");
        letter.Subject.ShouldNotContain('\n');
        letter.Subject.ShouldNotContain('\r');
        letter.Subject.ShouldNotContain('\u2028');
        letter.Text.Split('\n').ShouldAllBe(line => !line.StartsWith("Bcc:", StringComparison.Ordinal) && !line.StartsWith("Content-Type", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_subject_is_cut_between_characters()
    {
        var subject = new LetterContent(new string('x', 198) + "😀😀", "h").To("jo@example.test").Subject;
        subject.ShouldBe(new string('x', 198) + "…");
    }

    [Theory]
    [InlineData("jo@example.test", true)]
    [InlineData("jo+tag@sub.example.test", true)]
    [InlineData("jo@example.test,eve@example.test", false)]
    [InlineData("jo@example.test\r\nBcc: eve@example.test", false)]
    [InlineData("jo@example.test ", false)]
    [InlineData("Jo <jo@example.test>", false)]
    [InlineData("\"jo\"@example.test", false)]
    [InlineData("jo@", false)]
    [InlineData("@example.test", false)]
    [InlineData("jo", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_is_one_and_bare(string? text, bool isOne) => MailAddresses.IsOne(text).ShouldBe(isOne);

    private static string Shown(Letter letter, Func<Letter, string> form) => $"To: {letter.To}\nSubject: {letter.Subject}\n\n{form(letter)}";
}
