using EventEngine.Domain.Apps;

namespace EventEngine.Domain.Tests.Apps;

public sealed class ApiKeyFromRandomTests
{
    [Fact]
    public void Every_bit_of_chance_makes_another_key()
    {
        var keys = from bit in Enumerable.Range(0, ApiKey.RandomBytes * 8)
                   let random = Enumerable.Range(0, ApiKey.RandomBytes).Select(i => (byte)(i == bit / 8 ? 1 << (bit % 8) : 0)).ToArray()
                   select ApiKey.From(random).Secret;

        keys.Distinct().Count().ShouldBe(ApiKey.RandomBytes * 8);
    }

    [Fact]
    public void It_has_the_form_that_is_recognised_as_ours() => ApiKey.From(new byte[ApiKey.RandomBytes]).Secret.ShouldMatch("^ee_live_[a-z2-7]{32}$");

    [Fact]
    public void Too_little_chance_is_refused() => Should.Throw<ArgumentException>(() => ApiKey.From(new byte[16]));
}
