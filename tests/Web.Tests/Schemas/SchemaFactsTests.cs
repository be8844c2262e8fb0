using System.Text;
using EventEngine.Application.EventStore;
using EventEngine.Domain.Schemas;
using EventEngine.Domain.Shared;

namespace EventEngine.Web.Tests.Schemas;

/// <summary>The storage format of what is said of schemas.</summary>
public sealed class SchemaFactsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<IFact, string> Facts => new()
    {
        {
            new SchemaDefinitionReported(
                At, new SchemaDefinition("cow_fed", 2, "domain", "durable", "feeding", "sales", ["cow"], ["farmer"], [new PayloadField("weight", "cow", "weight", true), new PayloadField("farmer", "farmer", null, false)]), "f00", DefinitionSource.Upload),
            """{"at":"2026-11-20T12:00:00+00:00","definition":{"event_name":"cow_fed","event_version":2,"event_type":"domain","process_type":"durable","subject":"feeding","domain":"sales","required_inputs":["cow"],"optional_inputs":["farmer"],"payload_fields":[{"name":"weight","from":"cow","attr":"weight","required":true},{"name":"farmer","from":"farmer"}]},"reported_fingerprint":"f00","source":"upload"}"""
        },
        {
            new SchemaDefinitionReported(At, new SchemaDefinition("cow_fed", 1, "domain", null, null, null, [], [], []), null, DefinitionSource.Heartbeat),
            """{"at":"2026-11-20T12:00:00+00:00","definition":{"event_name":"cow_fed","event_version":1,"event_type":"domain","required_inputs":[],"optional_inputs":[],"payload_fields":[]}}"""
        },
        { new CompatibilityModeChanged(At, "cow_fed", CompatibilityMode.None), """{"at":"2026-11-20T12:00:00+00:00","event_name":"cow_fed","mode":"none"}""" },
        { new CompatibilityModeChanged(At, null, CompatibilityMode.FullTransitive), """{"at":"2026-11-20T12:00:00+00:00","mode":"full_transitive"}""" },
        { new CompatibilityModeChanged(At, "cow_fed", null), """{"at":"2026-11-20T12:00:00+00:00","event_name":"cow_fed"}""" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void They_are_stored_so_and_read_back(IFact fact, string json)
    {
        Encoding.UTF8.GetString(FactJson.Serialize(fact)).ShouldBe(json);
        FactJson.Deserialize(FactTypes.NameOf(fact.GetType()), Encoding.UTF8.GetBytes(json)).ShouldBe(fact);
    }
}
