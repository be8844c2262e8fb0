using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Tests.Apps;

public sealed class BeginningOfAKeyTests
{
    private static readonly ApiKey Key = ApiKey.From([.. Enumerable.Range(1, ApiKey.RandomBytes).Select(i => (byte)(i * 37))]);

    [Fact]
    public void A_key_of_ours_is_as_long_as_it_says() => Key.Secret.Length.ShouldBe(ApiKey.Length);

    [Fact]
    public void A_mistyped_key_begins_as_the_one_that_was_meant()
    {
        foreach (var sent in new[] { Key.Secret[..^1], Key.Secret + "x", $"\"{Key.Secret}\"", "Bearer " + Key.Secret[..20] })
            ApiKey.DigestOfBeginning(sent).ShouldBe(Key.BeginningDigest(), sent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ee_live_")]
    [InlineData("ee_live_abcdefg")]
    [InlineData("sk_live_abcdefghijklmnop")]
    public void What_does_not_look_like_a_key_of_ours_has_none(string sent) => ApiKey.DigestOfBeginning(sent).ShouldBeNull();

    [Fact]
    public void A_key_that_somebody_chose_is_not_traced() => new ApiKey("ee_live_chosen_by_an_operator").BeginningDigest().ShouldBeNull();

    [Fact]
    public void Another_key_begins_otherwise() =>
        ApiKey.From(new byte[ApiKey.RandomBytes]).BeginningDigest().ShouldNotBe(Key.BeginningDigest());
}
