using System.Collections.Immutable;
using EventEngine.Domain.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace EventEngine.Domain.Tests.Schemas;

internal static class Definitions
{
    /// <summary>The one of the gem's own documentation.</summary>
    public static SchemaDefinition CowFed { get; } = new(
        "cow_fed", 1, "domain", "durable", "feeding", "sales", ["cow"], ["farmer"],
        [new PayloadField("weight", "cow", "weight", Required: true), new PayloadField("farmer_name", "farmer", "name", Required: false)]);

    /// <param name="fields">A question mark at the end makes one optional: "weight", "note?".</param>
    public static SchemaDefinition Of(int version, params string[] fields) =>
        new("order_placed", version, "domain", null, null, null, ["order"], [], [.. fields.Select(Field)]);

    /// <summary>Few names, so that two of them often share some.</summary>
    public static Arbitrary<SchemaDefinition> Any { get; } = (
        from type in Gen.Elements("domain", "integration")
        from process in Gen.Elements("durable", null, "inline")
        from required in Names
        from optional in Names
        from fields in Fields
        select new SchemaDefinition("order_placed", 1, type, process, null, null, required, [.. optional.Except(required)], fields)).ToArbitrary();

    private static Gen<ImmutableArray<string>> Names =>
        from count in Gen.Choose(0, 3)
        from names in Gen.ArrayOf(Gen.Elements("order", "customer", "note", "clerk"), count)
        select names.Distinct().ToImmutableArray();

    private static Gen<ImmutableArray<PayloadField>> Fields =>
        from count in Gen.Choose(0, 5)
        from fields in Gen.ArrayOf(OneField, count)
        select fields.DistinctBy(one => one.Name).ToImmutableArray();

    private static Gen<PayloadField> OneField =>
        from name in Gen.Elements("total", "currency", "note", "weight", "reference")
        from input in Gen.Elements("order", "customer")
        from attr in Gen.Elements("total", "name", null)
        from required in Gen.Elements(true, false)
        select new PayloadField(name, input, attr, required);

    private static PayloadField Field(string text) =>
        new(text.TrimEnd('?'), "order", text.TrimEnd('?'), Required: !text.EndsWith('?'));
}
