using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Domain.Tests.Schemas;

public sealed class KnownSchemasTests
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
        var many = Enumerable.Range(0, KnownSchemas.MaxFingerprints).Select(i => Seen("a", $"{i}")).ToArray();
        Given(many[1..]).See([new("b", "1"), new("b", "2")], Now).ShouldBe([Seen("b", "1")]);
        Given(many).See([new("b", "1")], Now).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DefinitionSource.Heartbeat)]
    [InlineData(DefinitionSource.Upload)]
    public void A_definition_is_noted_once(DefinitionSource source)
    {
        var news = Given().Report([Reported("a"), Reported("b")], source, Now);
        news.Select(fact => fact.Definition.PayloadFields.Single().Name).ShouldBe(["a", "b"]);
        Given([.. news]).Report([Reported("b")], source, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Going_back_is_news_of_an_upload_and_none_of_a_heartbeat()
    {
        var known = Given(Fact("a"), Fact("b"));
        known.Report([Reported("a")], DefinitionSource.Upload, Now).Count.ShouldBe(1);
        known.Report([Reported("a")], DefinitionSource.Heartbeat, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Another_fingerprint_or_label_for_the_same_fields_is_news()
    {
        var reported = Reported("a");
        Given(Fact("a")).Report([reported with { Fingerprint = "other" }], DefinitionSource.Heartbeat, Now).Count.ShouldBe(1);
        Given(Fact("a")).Report([reported with { Definition = reported.Definition with { ProcessType = "inline" } }], DefinitionSource.Heartbeat, Now).Count.ShouldBe(1);
    }

    [Fact]
    public void An_app_cannot_fill_the_store_with_definitions()
    {
        var full = Given() with { DefinitionsReported = KnownSchemas.MaxDefinitions };
        Should.Throw<DomainException>(() => full.Report([Reported("a")], DefinitionSource.Upload, Now)).Code.ShouldBe("too_many_definitions");
    }

    private static SchemaFingerprintSeen Seen(string name, string fingerprint) => new(Now, name, fingerprint);

    private static SchemaDefinitionReported Fact(string field) => new(Now, Definitions.Of(1, field), null, DefinitionSource.Upload);

    private static ReportedDefinition Reported(string field) => new(Definitions.Of(1, field), null);

    private static KnownSchemas Given(params IFact[] facts) => facts.Aggregate(KnownSchemas.Initial, KnownSchemas.Evolve);
}
