using System.Collections.Immutable;
using System.Text.Json;
using EventEngine.Application.Shared;
using EventEngine.Domain.Schemas;
using static EventEngine.Application.Schemas.SchemaDefinitionReader;

namespace EventEngine.Application.Schemas;

/// <summary>One object of a list of definitions.</summary>
internal static class DefinitionFields
{
    /// <exception cref="FormatException">The message says what is wrong with which field.</exception>
    public static ReportedDefinition Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException("is no object");
        var required = Names(element, "required_inputs");
        var optional = Names(element, "optional_inputs");
        if (required.Intersect(optional).FirstOrDefault() is { } both) throw new FormatException($"the input {both} is both required and optional");
        var definition = new SchemaDefinition(
            Text(element, "event_name", MaxEventName),
            Version(element),
            Text(element, "event_type", MaxName),
            OptionalText(element, "process_type"),
            OptionalText(element, "subject"),
            OptionalText(element, "domain"),
            required,
            optional,
            Fields(element));
        return new ReportedDefinition(definition, OptionalText(element, "fingerprint"));
    }

    private static int Version(JsonElement element) =>
        element.TryGetProperty("event_version", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0
            ? version
            : throw new FormatException("event_version must be a whole number from 1 on");

    private static ImmutableArray<string> Names(JsonElement element, string property)
    {
        if (!element.TryGetProperty(property, out var list) || list.ValueKind == JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxInputs) throw new FormatException($"{property} must be an array of at most {MaxInputs} names");
        var names = list.EnumerateArray().Select(name => Checked(name, property, MaxName)).ToImmutableArray();
        return names.Distinct().Count() == names.Length ? names : throw new FormatException($"{property} names an input twice");
    }

    private static ImmutableArray<PayloadField> Fields(JsonElement element)
    {
        if (!element.TryGetProperty("payload_fields", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxFields)
            throw new FormatException($"payload_fields must be an array of at most {MaxFields} fields");
        var fields = list.EnumerateArray().Select(Field).ToImmutableArray();
        var twice = fields.GroupBy(field => field.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? fields : throw new FormatException($"the payload field {twice.Key} is defined twice");
    }

    private static PayloadField Field(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object) throw new FormatException("payload_fields holds what is no object");
        var name = Text(field, "name", MaxName, "a payload field's ");
        if (!field.TryGetProperty("required", out var required) || required.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw new FormatException($"the payload field {name} must say required as true or false");
        return new PayloadField(name, Text(field, "from", MaxName, $"the payload field {name}: "), OptionalText(field, "attr"), required.GetBoolean());
    }

    private static string Text(JsonElement element, string property, int longest, string of = "") =>
        element.TryGetProperty(property, out var value) ? Checked(value, of + property, longest) : throw new FormatException($"{of}{property} is missing");

    private static string? OptionalText(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? Checked(value, property, MaxName) : null;

    private static string Checked(JsonElement value, string what, int longest)
    {
        if (value.ValueKind != JsonValueKind.String || Storable(value) is not { Length: > 0 } text || text.Length > longest)
            throw new FormatException($"{what} must be a text of 1 to {longest} characters");
        return text;
    }

    /// <summary>Null for what can't be kept: NUL, and half a surrogate pair, at which the reader throws.</summary>
    private static string? Storable(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && StorableText.CanBeStored(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
