using EventEngine.Domain.Schemas;

namespace EventEngine.Domain.Tests.Schemas;

public sealed class KnownFingerprintsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_sight_of_each_fingerprint_is_noted() =>
        Given().See([new("a", "1"), new("b", "1"), new("a", "1")], Now).ShouldBe([Seen("a", "1"), Seen("b", "1")]);

    [Fact]
    public void What_was_seen_before_is_not_worth_saying() =>
        Given(Seen("a", "1"), Seen("a", "2")).See([new("a", "2"), new("a", "1")], Now).ShouldBeEmpty();

    [Fact]
    public void A_change_of_schema_is_noted_and_going_back_is_not()
    {
        Given(Seen("a", "1")).See([new("a", "2")], Now).ShouldBe([Seen("a", "2")]);
        Given(Seen("a", "1"), Seen("a", "2")).See([new("a", "1")], Now).ShouldBeEmpty();
    }

    [Fact]
    public void An_app_cannot_fill_the_store_with_fingerprints()
    {
        var many = Enumerable.Range(0, KnownFingerprints.Max).Select(i => Seen("a", $"{i}")).ToArray();
        Given(many[1..]).See([new("b", "1"), new("b", "2")], Now).ShouldBe([Seen("b", "1")]);
        Given(many).See([new("b", "1")], Now).ShouldBeEmpty();
    }

    private static SchemaFingerprintSeen Seen(string name, string fingerprint) => new(Now, name, fingerprint);

    private static KnownFingerprints Given(params SchemaFingerprintSeen[] facts) => facts.Aggregate(KnownFingerprints.Initial, KnownFingerprints.Evolve);
}
