using EventEngine.Domain.Schemas;
using FsCheck;
using FsCheck.Fluent;
using static EventEngine.Domain.Schemas.SchemaChangeKind;

namespace EventEngine.Domain.Tests.Schemas;

public sealed class SchemaDiffTests
{
    private static readonly Dictionary<SchemaChangeKind, SchemaChangeKind> Mirror = new()
    {
        [FieldAdded] = FieldRemoved,
        [FieldRemoved] = FieldAdded,
        [FieldBecameRequired] = FieldBecameOptional,
        [FieldBecameOptional] = FieldBecameRequired,
        [InputAdded] = InputRemoved,
        [InputRemoved] = InputAdded,
        [InputBecameRequired] = InputBecameOptional,
        [InputBecameOptional] = InputBecameRequired,
    };

    [Fact]
    public void It_tells_fields_that_came_went_and_changed()
    {
        var before = Definitions.CowFed with { PayloadFields = [.. Definitions.CowFed.PayloadFields, new PayloadField("barn", "cow", null, true)] };
        var after = before with
        {
            RequiredInputs = ["cow", "farmer"],
            OptionalInputs = ["vet"],
            Subject = null,
            PayloadFields = [new PayloadField("weight", "cow", "weight_kg", false), new PayloadField("farmer_name", "farmer", "name", true), new PayloadField("at", "vet", null, false)],
        };
        SchemaDiff.Between(before, after).ShouldBe(
        [
            new SchemaChange(FieldAdded, "at", null, "optional, from vet"),
            new SchemaChange(FieldRemoved, "barn", "required, from cow", null),
            new SchemaChange(FieldBecameRequired, "farmer_name", "optional", "required"),
            new SchemaChange(FieldBecameOptional, "weight", "required", "optional"),
            new SchemaChange(FieldSourceChanged, "weight", "cow.weight", "cow.weight_kg"),
            new SchemaChange(InputBecameRequired, "farmer", "optional", "required"),
            new SchemaChange(InputAdded, "vet", null, "optional"),
            new SchemaChange(SubjectChanged, null, "feeding", null),
        ]);
    }

    [Fact]
    public void A_field_that_seems_renamed_is_said_to()
    {
        var (before, after) = (Definitions.Of(1, "a") with { PayloadFields = [new PayloadField("kg", "cow", "weight", true)] }, Definitions.Of(2) with { PayloadFields = [new PayloadField("weight", "cow", "weight", true)] });
        SchemaDiff.Between(before, after).Single(change => change.Kind == FieldRemoved).RenamedTo.ShouldBe("weight");
    }

    [Fact]
    public void Nothing_differs_from_itself() => Prop.ForAll(Definitions.Any, definition => SchemaDiff.Between(definition, definition).Count == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_the_other_way_round_every_change_is_its_mirror() => Prop.ForAll(Definitions.Any, Definitions.Any, (a, b) =>
    {
        var there = SchemaDiff.Between(a, b).Select(change => (Mirror.GetValueOrDefault(change.Kind, change.Kind), change.Name, change.After, change.Before));
        var back = SchemaDiff.Between(b, a).Select(change => (change.Kind, change.Name, change.Before, change.After));
        there.ShouldBe(back, ignoreOrder: true);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Definitions_with_other_fingerprints_differ() => Prop.ForAll(Definitions.Any, Definitions.Any, (a, b) =>
        a.Fingerprint() == b.Fingerprint() || SchemaDiff.Between(a, b).Count > 0).QuickCheckThrowOnFailure();
}
