using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Apps;

public sealed class CallbackUrlTests
{
    [Theory]
    [InlineData("https://shop.example/event_engine", "https://shop.example/event_engine")]
    [InlineData(" HTTPS://Shop.Example:8443/a?b=c ", "https://shop.example:8443/a?b=c")]
    public void What_we_would_call_is_taken(string text, string url) => CallbackUrl.Parse(text).Value.ShouldBe(url);

    [Theory]
    [InlineData("")]
    [InlineData("shop.example")]
    [InlineData("/event_engine")]
    [InlineData("http://shop.example/")]
    [InlineData("ftp://shop.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@shop.example/")]
    [InlineData("https://user@shop.example/")]
    [InlineData("https://shop.example/#top")]
    [InlineData("https://shop.example/#")]
    [InlineData("https:///path")]
    [InlineData("https://shop.example/\r\nHost: other")]
    public void Everything_else_is_refused(string text) => Should.Throw<DomainException>(() => CallbackUrl.Parse(text)).Code.ShouldBe("invalid_callback");

    [Fact]
    public void Plain_http_is_for_demonstrations()
    {
        CallbackUrl.Parse("http://localhost:3000/ee", allowPlainHttp: true).Value.ShouldBe("http://localhost:3000/ee");
        Should.Throw<DomainException>(() => CallbackUrl.Parse("ftp://localhost/", allowPlainHttp: true));
    }

    [Fact]
    public void It_has_at_most_500_characters() =>
        Should.Throw<DomainException>(() => CallbackUrl.Parse($"https://shop.example/{new string('a', 500)}")).Message.ShouldContain("500");
}
