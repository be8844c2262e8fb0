using EventEngine.Domain.Schemas;
using FsCheck;
using FsCheck.Fluent;
using static EventEngine.Domain.Schemas.CompatibilityMode;

namespace EventEngine.Domain.Tests.Schemas;

public sealed class CompatibilityTests
{
    [Theory]
    [InlineData("weight", "", "REQUIRED_FIELD_REMOVED", Forward)]
    [InlineData("weight", "weight?", "FIELD_BECAME_OPTIONAL", Forward)]
    [InlineData("", "weight", "REQUIRED_FIELD_ADDED", Backward)]
    [InlineData("weight?", "weight", "FIELD_BECAME_REQUIRED", Backward)]
    public void Each_rule_breaks_its_own_direction(string before, string after, string rule, CompatibilityMode breaks)
    {
        var (older, newer) = (Fields(1, before), Fields(2, after));
        foreach (var mode in Enum.GetValues<CompatibilityMode>())
        {
            var verdict = Compatibility.Judge(mode, [older], newer);
            var isForbidden = mode is Full or FullTransitive || mode == breaks || mode.ToString() == $"{breaks}Transitive";
            verdict.IsCompatible.ShouldBe(!isForbidden, $"{mode}");
            (isForbidden ? verdict.Breaking : verdict.Allowed).Single().Name().ShouldBe(rule);
        }
    }

    [Theory]
    [InlineData("", "note?")]
    [InlineData("note?", "")]
    [InlineData("note?", "note?")]
    [InlineData("total", "total")]
    public void An_optional_field_may_come_and_go(string before, string after) => Compatibility.Judge(Full, [Fields(1, before)], Fields(2, after)).IsCompatible.ShouldBeTrue();

    [Fact]
    public void What_a_rule_says_names_field_and_versions() => Compatibility.Judge(Forward, [Fields(3, "weight")], Fields(4, "")).Breaking.Single().Sentence()
        .ShouldBe("Consumers of v3 that read `weight` will find nothing there in events of v4.");

    [Fact]
    public void Another_source_or_type_is_noted_and_breaks_nothing()
    {
        var older = Definitions.CowFed;
        var newer = older with { EventVersion = 2, EventType = "integration", PayloadFields = [older.PayloadFields[0] with { Attr = "weight_kg" }, older.PayloadFields[1]] };
        var verdict = Compatibility.Judge(FullTransitive, [older], newer);
        verdict.IsCompatible.ShouldBeTrue();
        verdict.Notes.Select(note => note.Name()).ShouldBe(["FIELD_SOURCE_CHANGED", "EVENT_TYPE_CHANGED"]);
        verdict.Notes[0].Sentence().ShouldBe("`weight` is still there, but comes from cow.weight_kg instead of cow.weight: look whether it means the same.");
    }

    [Fact]
    public void Only_the_transitive_modes_look_further_back_than_the_version_before()
    {
        SchemaDefinition[] earlier = [Fields(2, "a"), Fields(1, "a b")];
        Compatibility.Judge(Forward, earlier, Fields(3, "a")).Against.ShouldBe([2]);
        Compatibility.Judge(Forward, earlier, Fields(3, "a")).IsCompatible.ShouldBeTrue();
        var verdict = Compatibility.Judge(ForwardTransitive, earlier, Fields(3, "a"));
        verdict.Against.ShouldBe([1, 2]);
        verdict.Breaking.Single().ShouldBe(new Finding(CompatibilityRule.RequiredFieldRemoved, 1, 3, "b"));
    }

    [Fact]
    public void The_first_version_is_held_against_nothing() => Compatibility.Judge(FullTransitive, [], Fields(1, "a")).ShouldSatisfyAllConditions(
        verdict => verdict.IsCompatible.ShouldBeTrue(), verdict => verdict.Against.ShouldBeEmpty());

    [Fact]
    public void A_version_that_was_defined_otherwise_is_held_against_that_and_the_version_before()
    {
        var verdict = Compatibility.Judge(Forward, [Fields(1, "a"), Fields(2, "a b")], Fields(2, "a c"));
        verdict.Against.ShouldBe([1, 2]);
        verdict.Breaking.Single().Field.ShouldBe("b");
        verdict.Notes.Single().Name().ShouldBe("VERSION_REDEFINED");
    }

    [Fact]
    public void Backward_from_here_to_there_is_forward_from_there_to_here() => Prop.ForAll(Definitions.Any, Definitions.Any, (a, b) =>
    {
        var backward = Compatibility.Judge(Backward, [a], b with { EventVersion = 2 }).Breaking.Select(finding => finding.Field);
        var forward = Compatibility.Judge(Forward, [b], a with { EventVersion = 2 }).Breaking.Select(finding => finding.Field);
        backward.ShouldBe(forward);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Full_is_backward_and_forward() => Prop.ForAll(Definitions.Any, Definitions.Any, (a, b) =>
        Is(Full, [a], b) == (Is(Backward, [a], b) && Is(Forward, [a], b))).QuickCheckThrowOnFailure();

    [Fact]
    public void What_holds_against_all_versions_holds_against_the_last() => Prop.ForAll(Definitions.Any, Definitions.Any, Definitions.Any, (a, b, c) =>
    {
        SchemaDefinition[] earlier = [a, b with { EventVersion = 2 }];
        var candidate = c with { EventVersion = 3 };
        foreach (var mode in new[] { Backward, Forward, Full })
        {
            var transitive = Enum.Parse<CompatibilityMode>($"{mode}Transitive");
            if (Is(transitive, earlier, candidate)) Is(mode, earlier, candidate).ShouldBeTrue();
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_breaks_itself() => Prop.ForAll(Definitions.Any, a => Is(FullTransitive, [a], a with { EventVersion = 2 })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_that_breaks_nobody_in_any_direction_leaves_required_fields_alone() => Prop.ForAll(Definitions.Any, Definitions.Any, (a, b) =>
        Is(Full, [a], b) == Required(a).SetEquals(Required(b))).QuickCheckThrowOnFailure();

    private static bool Is(CompatibilityMode mode, IEnumerable<SchemaDefinition> earlier, SchemaDefinition candidate) =>
        Compatibility.Judge(mode, earlier, candidate with { EventVersion = Math.Max(2, candidate.EventVersion) }).IsCompatible;

    private static HashSet<string> Required(SchemaDefinition definition) => [.. definition.PayloadFields.Where(field => field.Required).Select(field => field.Name)];

    private static SchemaDefinition Fields(int version, string fields) => Definitions.Of(version, fields.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
