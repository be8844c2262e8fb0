using EventEngine.Domain.Schemas;

namespace EventEngine.Domain.Tests.Schemas;

public sealed class SchemaFingerprintTests
{
    [Fact]
    public void It_is_what_the_gem_computes() => Definitions.CowFed.Fingerprint().ShouldBe("7798de192a378a8bf730a216b05cd240ce362bab1b0a38f190153a9433889ff9");

    [Fact]
    public void What_is_hashed_is_sorted_and_all_text() => SchemaFingerprint.Canonical(Definitions.CowFed).ShouldBe(
        """{"event_name":"cow_fed","event_type":"domain","required_inputs":["cow"],"optional_inputs":["farmer"],"payload_fields":[{"name":"farmer_name","required":"false","from":"farmer","attr":"name"},{"name":"weight","required":"true","from":"cow","attr":"weight"}]}""");

    [Fact]
    public void A_field_that_is_the_input_itself_has_an_empty_attr() => SchemaFingerprint
        .Canonical(Definitions.Of(1) with { PayloadFields = [new PayloadField("order", "order", null, Required: true)] })
        .ShouldEndWith("""[{"name":"order","required":"true","from":"order","attr":""}]}""");

    [Fact]
    public void Order_version_and_labels_make_no_difference()
    {
        var other = Definitions.CowFed with { EventVersion = 7, ProcessType = null, Subject = "x", Domain = null, PayloadFields = [.. Definitions.CowFed.PayloadFields.Reverse()] };
        other.Fingerprint().ShouldBe(Definitions.CowFed.Fingerprint());
        other.Digest().ShouldNotBe(Definitions.CowFed.Digest());
        (Definitions.CowFed with { PayloadFields = other.PayloadFields }).ShouldBe(Definitions.CowFed);
    }

    [Fact]
    public void Letters_are_escaped_as_ActiveSupport_does() => SchemaFingerprint.Canonical(Definitions.Of(1) with { EventName = "a<b>&\"\\\n\u0001\u2028é" })
        .ShouldStartWith("""{"event_name":"a\u003cb\u003e\u0026\"\\\n\u0001\u2028é",""");

    [Fact]
    public void Names_are_sorted_by_their_bytes() =>
        SchemaFingerprint.Canonical(Definitions.Of(1) with { RequiredInputs = ["\uFF5E", "\U0001F600", "b", "B"] }).ShouldContain("""["B","b","～","😀"]""");
}
