using System.Diagnostics;
using EventEngine.Domain.DeadLetters;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Domain.Tests.DeadLetters;

public sealed class ErrorPatternProperties
{
    private static readonly string[] Fragments =
    [
        " ", "  ", "'", "\"", "?", "=", ":", "::", ".", ",", "-", "/", "@", "*", "…", "(", ")", "0x", "0xFF", "1", "42", "dead", "beef", "deadbeef", "abc", "Z", "UTC", "T",
        "2026-11-20", "14:03:07", "550e8400-e29b-41d4-a716-446655440000", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "jo@example.org", "a@b.c", "10.0.0.1", "fe80::1", "?a=b",
        "https://x.y/z", "can't", "ü", "١", "𝄞", "\ud834", "\0", "\n", "Mon, 2 Jan 2026 10:00:00", "_", "%", "cus_Nf8sd9fSDf93", "\\\"",
    ];

    private static readonly string[] Words = ["order", "of", "was not found in", "at", "(", "):", "for host", "Timeout:", "can't reach", "—"];

    private static readonly Func<Random, string>[] Variables =
    [
        random => $"{random.Next()}",
        random => $"{random.NextDouble() * 1000:0.00}",
        random => $"{Guid.NewGuid()}",
        random => $"0x{random.NextInt64():x}",
        random => $"{random.NextInt64():x16}",
        random => $"\"{random.Next()} of {random.Next()}\"",
        random => $"'{random.Next()} x'",
        random => $"u{random.Next()}@example{random.Next(9)}.org",
        random => $"{DateTimeOffset.UnixEpoch.AddSeconds(random.Next()):yyyy-MM-dd'T'HH:mm:ss'Z'}",
        random => $"{random.Next(256)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}:{random.Next(65_536)}",
        random => $"2001:db8::{random.Next(1, 65_536):x}",
        random => $"https://api.example.org/v2/orders/{random.Next()}/lines?of={random.Next()}",
    ];

    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(4_000).WithEndSize(200);

    private static readonly Arbitrary<string> Messages = Gen.Elements(Fragments).ArrayOf().Select(parts => string.Concat(parts!)).ToArbitrary();

    private static readonly Arbitrary<(string One, string Other)> Pairs = (
        from words in Gen.Elements(Words).NonEmptyListOf()
        from seed in Gen.Choose(0, 1_000_000)
        let kinds = Enumerable.Range(0, 12).Select(i => new Random(seed + i).Next(Variables.Length)).ToArray()
        select (Message([.. words!.Take(12)], kinds, new Random(seed)), Message([.. words!.Take(12)], kinds, new Random(seed + 1)))).ToArbitrary();

    [Fact]
    public void A_pattern_is_its_own_pattern_and_has_no_digit() => Check.One(Thorough, Prop.ForAll(Messages, message =>
    {
        var pattern = ErrorPattern.Of(message);
        return (!pattern.Any(char.IsAsciiDigit) && ErrorPattern.Of(pattern) == pattern).Label($"{pattern}\n{ErrorPattern.Of(pattern)}");
    }));

    [Fact]
    public void Anything_has_a_pattern() =>
        Check.One(Thorough, Prop.ForAll(ArbMap.Default.ArbFor<string>(), message => ErrorPattern.Of(ErrorPattern.Of(message)) == ErrorPattern.Of(message)));

    [Fact]
    public void Messages_that_differ_in_their_variables_alone_are_of_one_group() => Check.One(Thorough, Prop.ForAll(Pairs, pair =>
        ErrorFingerprint.Of("E", pair.One) == ErrorFingerprint.Of("E", pair.Other)));

    [Theory]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("?")]
    [InlineData(":")]
    [InlineData("1:")]
    [InlineData("a-")]
    [InlineData("aaaaaaaa-bbbb-")]
    [InlineData("0x")]
    [InlineData("Mon, ")]
    [InlineData("\u0300")]
    public void Hostile_text_costs_no_more_than_a_moment(string repeated)
    {
        var message = string.Concat(Enumerable.Repeat(repeated, 16_384 / repeated.Length));
        ErrorPattern.Of(message);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++) ErrorPattern.Of(message);
        (watch.ElapsedMilliseconds / 5).ShouldBeLessThan(100);
    }

    private static string Message(IEnumerable<string> words, int[] kinds, Random random) =>
        string.Join(' ', words.Select((word, i) => $"{word} {Variables[kinds[i]](random)}"));
}
