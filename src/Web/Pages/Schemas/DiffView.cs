using EventEngine.Application.Schemas;
using EventEngine.Domain.Schemas;

namespace EventEngine.Web.Pages.Schemas;

/// <summary>One row of the table of differences: a field, an input or a label, with everything that happened to it.</summary>
/// <param name="Effect">breaks, allowed, harmless or same: whom it hurts, under the mode that holds.</param>
public sealed record DiffLine(string Name, string Effect, IReadOnlyList<DiffSign> Signs, string? Before, string? After, string? Hint);

/// <param name="Icon">plus, minus, change or same.</param>
public sealed record DiffSign(string Icon, string Word);

/// <summary>A comparison as a table: the payload, which consumers see, then what only the producer sees.</summary>
public sealed record DiffView(IReadOnlyList<DiffLine> Payload, IReadOnlyList<DiffLine> Producer)
{
    public static DiffView Of(SchemaComparison comparison)
    {
        var (before, after) = (comparison.From.Definition, comparison.To.Definition);
        var names = before.PayloadFields.Concat(after.PayloadFields).Select(field => field.Name).Distinct();
        var payload = names.Select(name => Line(comparison, name, before.Field(name), after.Field(name)));
        return new DiffView(
            [.. payload.OrderBy(line => line.Effect == "same").ThenBy(line => line.Name, StringComparer.Ordinal)],
            [.. comparison.Changes.Where(change => !IsOfPayload(change.Kind)).Select(OfProducer)]);
    }

    private static DiffLine Line(SchemaComparison comparison, string name, PayloadField? before, PayloadField? after)
    {
        var changes = comparison.Changes.Where(change => change.Name == name && IsOfPayload(change.Kind)).ToArray();
        var verdict = comparison.Verdict;
        var effect = changes.Length == 0 ? "same"
            : verdict.Breaking.Any(finding => finding.Field == name) ? "breaks"
            : verdict.Allowed.Any(finding => finding.Field == name) ? "allowed"
            : "harmless";
        var hint = changes.Select(change => change.RenamedTo).OfType<string>().FirstOrDefault();
        return new DiffLine(
            name, effect, changes.Length == 0 ? [new DiffSign("same", "Unchanged")] : [.. changes.Select(change => Sign(change.Kind))], Words(before), Words(after),
            hint is null ? null : $"`{hint}` has the same source: renamed?");
    }

    private static DiffLine OfProducer(SchemaChange change) =>
        new(change.Name is { } input ? $"input {input}" : Label(change.Kind), "harmless", [Sign(change.Kind)], change.Before, change.After, null);

    private static string? Words(PayloadField? field) => field is null ? null : $"{(field.Required ? "required" : "optional")}, {field.Source()}";

    private static bool IsOfPayload(SchemaChangeKind kind) => kind <= SchemaChangeKind.FieldSourceChanged;

    private static DiffSign Sign(SchemaChangeKind kind) => kind switch
    {
        SchemaChangeKind.FieldAdded or SchemaChangeKind.InputAdded => new DiffSign("plus", "Added"),
        SchemaChangeKind.FieldRemoved or SchemaChangeKind.InputRemoved => new DiffSign("minus", "Removed"),
        SchemaChangeKind.FieldBecameRequired or SchemaChangeKind.InputBecameRequired => new DiffSign("change", "Now required"),
        SchemaChangeKind.FieldBecameOptional or SchemaChangeKind.InputBecameOptional => new DiffSign("change", "Now optional"),
        SchemaChangeKind.FieldSourceChanged => new DiffSign("change", "Other source"),
        _ => new DiffSign("change", "Changed"),
    };

    private static string Label(SchemaChangeKind kind) => kind switch
    {
        SchemaChangeKind.EventTypeChanged => "event type",
        SchemaChangeKind.ProcessTypeChanged => "process type",
        SchemaChangeKind.SubjectChanged => "subject",
        _ => "domain",
    };
}
