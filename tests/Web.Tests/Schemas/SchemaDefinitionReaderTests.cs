using System.Text;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Web.Tests.Schemas;

public sealed class SchemaDefinitionReaderTests
{
    private const string Artifact = """
        [
          { "event_name": "cow_fed", "event_version": 1, "event_type": "domain", "process_type": "durable",
            "subject": "feeding", "domain": "sales", "required_inputs": ["cow"], "optional_inputs": ["farmer"],
            "payload_fields": [
              { "name": "weight", "from": "cow", "attr": "weight", "required": true },
              { "name": "farmer_name", "from": "farmer", "attr": null, "required": false } ],
            "fingerprint": "7798de192a378a8bf730a216b05cd240ce362bab1b0a38f190153a9433889ff9" }
        ]
        """;

    [Fact]
    public void It_reads_what_the_gem_writes()
    {
        var read = Read(Artifact.Replace("\"attr\": null", "\"attr\": \"name\""));
        read.Rejected.ShouldBeEmpty();
        var reported = read.Definitions.ShouldHaveSingleItem();
        reported.Definition.ShouldBe(new SchemaDefinition(
            "cow_fed", 1, "domain", "durable", "feeding", "sales", ["cow"], ["farmer"],
            [new PayloadField("weight", "cow", "weight", true), new PayloadField("farmer_name", "farmer", "name", false)]));
        reported.Definition.Fingerprint().ShouldBe(reported.Fingerprint);
    }

    [Theory]
    [InlineData("\"event_name\": \"cow_fed\"", "\"event_name\": \"\"", "event_name must be a text of 1 to 200 characters")]
    [InlineData("\"event_name\": \"cow_fed\"", "\"event_name\": \"\\ud800\"", "event_name must be a text of 1 to 200 characters")]
    [InlineData("\"event_version\": 1", "\"event_version\": 0", "event_version must be a whole number from 1 on")]
    [InlineData("\"event_version\": 1", "\"event_version\": 1.5", "event_version must be a whole number from 1 on")]
    [InlineData("\"event_type\": \"domain\", ", "", "event_type is missing")]
    [InlineData("[\"cow\"]", "[\"cow\",\"cow\"]", "required_inputs names an input twice")]
    [InlineData("[\"cow\"]", "[\"farmer\"]", "the input farmer is both required and optional")]
    [InlineData("\"required\": true", "\"required\": \"yes\"", "the payload field weight must say required as true or false")]
    [InlineData("\"farmer_name\"", "\"weight\"", "the payload field weight is defined twice")]
    [InlineData("\"from\": \"cow\", ", "", "the payload field weight: from is missing")]
    public void What_can_t_be_taken_is_refused_with_its_reason(string part, string broken, string reason)
    {
        var read = Read(Artifact.Replace(part, broken));
        read.Definitions.ShouldBeEmpty();
        read.Rejected.ShouldBe([new RejectedDefinition(0, reason)]);
    }

    [Fact]
    public void One_version_may_stand_in_the_list_once()
    {
        var one = Artifact.Trim()[1..^1];
        Read($"[{one},{one}]").Rejected.ShouldBe([new RejectedDefinition(1, "cow_fed v1 stands in the list twice")]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[")]
    public void What_is_no_list_is_refused_whole(string body) => Should.Throw<NotDefinitionsException>(() => Read(body));

    [Fact]
    public void Arbitrary_bytes_never_bring_it_down() => Prop.ForAll(Mangled, bytes =>
    {
        try
        {
            foreach (var reported in SchemaDefinitionReader.Read(bytes).Definitions) reported.Definition.Fingerprint().Length.ShouldBe(64);
        }
        catch (NotDefinitionsException)
        {
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>The artifact with some bytes replaced, taken out or repeated; now and then nothing but noise.</summary>
    private static Arbitrary<byte[]> Mangled => (
        from noise in Gen.Frequency((1, Gen.Constant(true)), (9, Gen.Constant(false)))
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from cuts in Gen.ArrayOf(Gen.Choose(0, Artifact.Length - 1), 3)
        select noise ? bytes : Mangle(bytes, cuts)).ToArbitrary();

    private static byte[] Mangle(byte[] bytes, int[] cuts)
    {
        var all = Encoding.UTF8.GetBytes(Artifact).ToList();
        foreach (var cut in cuts)
        {
            var at = cut % all.Count;
            if (bytes.Length > 0) all[at] = bytes[cut % bytes.Length];
            else all.RemoveAt(at);
        }

        return [.. all];
    }

    private static DefinitionList Read(string json) => SchemaDefinitionReader.Read(Encoding.UTF8.GetBytes(json));
}
