namespace EventEngine.Domain.Schemas;

/// <summary>
/// Judges a version of an event by what its consumers see of it: the payload. Backward asks whether a consumer that knows the newer
/// version can read events of the older one, forward the other way round.
/// </summary>
public static class Compatibility
{
    /// <param name="earlier">The versions before, in any order; also what stood under the candidate's own number, if that was another content.</param>
    public static CompatibilityVerdict Judge(CompatibilityMode mode, IEnumerable<SchemaDefinition> earlier, SchemaDefinition candidate)
    {
        var before = earlier.OrderBy(definition => definition.EventVersion).ToArray();
        var last = before.Select(older => older.EventVersion).LastOrDefault(version => version < candidate.EventVersion);
        return Hold(mode, [.. before.Where(older => mode.IsTransitive() || older.EventVersion == last || older.EventVersion == candidate.EventVersion)], candidate);
    }

    /// <summary>Any two versions, as if the one had come right after the other.</summary>
    public static CompatibilityVerdict JudgePair(CompatibilityMode mode, SchemaDefinition older, SchemaDefinition newer) => Hold(mode, [older], newer);

    private static CompatibilityVerdict Hold(CompatibilityMode mode, SchemaDefinition[] against, SchemaDefinition candidate)
    {
        var findings = against.SelectMany(older => Compare(older, candidate)).ToArray();
        return new CompatibilityVerdict(
            mode,
            [.. against.Select(older => older.EventVersion).Distinct()],
            [.. findings.Where(finding => finding.Direction() is { } direction && mode.Checks(direction))],
            [.. findings.Where(finding => finding.Direction() is { } direction && !mode.Checks(direction))],
            [.. findings.Where(finding => finding.Direction() is null)]);
    }

    /// <summary>Every rule that the two meet, whatever a mode says of it; fields in the order of their names.</summary>
    public static IReadOnlyList<Finding> Compare(SchemaDefinition older, SchemaDefinition newer) =>
        [.. Payload(older, newer).OrderBy(finding => finding.Field, StringComparer.Ordinal), .. Event(older, newer)];

    private static IEnumerable<Finding> Payload(SchemaDefinition older, SchemaDefinition newer)
    {
        foreach (var (rule, field) in CountsOn(older, newer, CompatibilityRule.RequiredFieldRemoved, CompatibilityRule.FieldBecameOptional))
            yield return new Finding(rule, older.EventVersion, newer.EventVersion, field);
        foreach (var (rule, field) in CountsOn(newer, older, CompatibilityRule.RequiredFieldAdded, CompatibilityRule.FieldBecameRequired))
            yield return new Finding(rule, older.EventVersion, newer.EventVersion, field);
        foreach (var field in newer.PayloadFields)
        {
            if (older.Field(field.Name) is not { } was || (was.From == field.From && was.Attr == field.Attr)) continue;
            yield return new Finding(
                CompatibilityRule.FieldSourceChanged, older.EventVersion, newer.EventVersion, field.Name, $"comes from {field.Source()} instead of {was.Source()}");
        }
    }

    /// <summary>What a consumer that knows <paramref name="known"/> counts on, and events of <paramref name="written"/> don't keep to.</summary>
    private static IEnumerable<(CompatibilityRule Rule, string Field)> CountsOn(
        SchemaDefinition known, SchemaDefinition written, CompatibilityRule missing, CompatibilityRule uncertain)
    {
        foreach (var field in known.PayloadFields.Where(field => field.Required))
        {
            if (written.Field(field.Name) is not { } there) yield return (missing, field.Name);
            else if (!there.Required) yield return (uncertain, field.Name);
        }
    }

    private static IEnumerable<Finding> Event(SchemaDefinition older, SchemaDefinition newer)
    {
        if (older.EventType != newer.EventType)
            yield return new Finding(
                CompatibilityRule.EventTypeChanged, older.EventVersion, newer.EventVersion, null, $"its type is {newer.EventType} instead of {older.EventType}");
        if (older.EventVersion == newer.EventVersion && older.Fingerprint() != newer.Fingerprint())
            yield return new Finding(CompatibilityRule.VersionRedefined, older.EventVersion, newer.EventVersion, null);
    }
}
