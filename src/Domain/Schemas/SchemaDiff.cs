namespace EventEngine.Domain.Schemas;

public enum SchemaChangeKind
{
    FieldAdded,
    FieldRemoved,
    FieldBecameRequired,
    FieldBecameOptional,
    FieldSourceChanged,
    InputAdded,
    InputRemoved,
    InputBecameRequired,
    InputBecameOptional,
    EventTypeChanged,
    ProcessTypeChanged,
    SubjectChanged,
    DomainChanged,
}

/// <summary>One difference between two definitions.</summary>
/// <param name="Name">Of the field or input; null where the event itself changed.</param>
/// <param name="RenamedTo">Of a removed field: the added one with the same source, if it is the only one. A guess: consumers know nothing of it.</param>
public sealed record SchemaChange(SchemaChangeKind Kind, string? Name, string? Before, string? After, string? RenamedTo = null);

/// <summary>What differs between any two definitions. Order of fields and inputs is no difference.</summary>
public static class SchemaDiff
{
    public static IReadOnlyList<SchemaChange> Between(SchemaDefinition before, SchemaDefinition after) =>
        [.. Fields(before, after), .. Inputs(before, after), .. Labels(before, after)];

    private static IEnumerable<SchemaChange> Fields(SchemaDefinition before, SchemaDefinition after)
    {
        var names = before.PayloadFields.Concat(after.PayloadFields).Select(field => field.Name).Distinct().Order(StringComparer.Ordinal);
        return names.SelectMany(name => Field(before, after, name));
    }

    private static IEnumerable<SchemaChange> Field(SchemaDefinition before, SchemaDefinition after, string name)
    {
        var (old, now) = (before.Field(name), after.Field(name));
        if (old is null)
        {
            yield return new SchemaChange(SchemaChangeKind.FieldAdded, name, null, Words(now!));
            yield break;
        }

        if (now is null)
        {
            yield return new SchemaChange(SchemaChangeKind.FieldRemoved, name, Words(old), null, RenamedTo(before, after, old));
            yield break;
        }

        if (old.Required != now.Required)
            yield return new SchemaChange(now.Required ? SchemaChangeKind.FieldBecameRequired : SchemaChangeKind.FieldBecameOptional, name, Word(old.Required), Word(now.Required));
        if (old.Source() != now.Source() || old.From != now.From) yield return new SchemaChange(SchemaChangeKind.FieldSourceChanged, name, old.Source(), now.Source());
    }

    private static string? RenamedTo(SchemaDefinition before, SchemaDefinition after, PayloadField removed)
    {
        var alike = after.PayloadFields.Where(field => before.Field(field.Name) is null && field.Source() == removed.Source()).Take(2).ToArray();
        return alike is [var only] && before.PayloadFields.Count(field => after.Field(field.Name) is null && field.Source() == removed.Source()) == 1 ? only.Name : null;
    }

    private static IEnumerable<SchemaChange> Inputs(SchemaDefinition before, SchemaDefinition after)
    {
        foreach (var name in Names(before).Concat(Names(after)).Distinct().Order(StringComparer.Ordinal))
        {
            var (old, now) = (Input(before, name), Input(after, name));
            if (old == now) continue;
            var kind = old is null ? SchemaChangeKind.InputAdded
                : now is null ? SchemaChangeKind.InputRemoved
                : now.Value ? SchemaChangeKind.InputBecameRequired
                : SchemaChangeKind.InputBecameOptional;
            yield return new SchemaChange(kind, name, old is { } was ? Word(was) : null, now is { } isNow ? Word(isNow) : null);
        }
    }

    private static IEnumerable<string> Names(SchemaDefinition definition) => definition.RequiredInputs.Concat(definition.OptionalInputs);

    /// <returns>Whether it is required; null when there is none.</returns>
    private static bool? Input(SchemaDefinition definition, string name) =>
        definition.RequiredInputs.Contains(name) ? true : definition.OptionalInputs.Contains(name) ? false : null;

    private static IEnumerable<SchemaChange> Labels(SchemaDefinition before, SchemaDefinition after)
    {
        (SchemaChangeKind Kind, string? Before, string? After)[] labels =
        [
            (SchemaChangeKind.EventTypeChanged, before.EventType, after.EventType),
            (SchemaChangeKind.ProcessTypeChanged, before.ProcessType, after.ProcessType),
            (SchemaChangeKind.SubjectChanged, before.Subject, after.Subject),
            (SchemaChangeKind.DomainChanged, before.Domain, after.Domain),
        ];
        return labels.Where(label => label.Before != label.After).Select(label => new SchemaChange(label.Kind, null, label.Before, label.After));
    }

    private static string Words(PayloadField field) => $"{Word(field.Required)}, from {field.Source()}";

    private static string Word(bool isRequired) => isRequired ? "required" : "optional";
}
