namespace EventEngine.Domain.Schemas;

/// <summary>
/// What can come between a consumer and an event. A consumer counts on the required fields of the version that it knows, does without
/// optional ones, and passes over fields that it doesn't know.
/// </summary>
public enum CompatibilityRule
{
    /// <summary>Forward: who knows the older version counts on a field that new events don't have.</summary>
    RequiredFieldRemoved,

    /// <summary>Forward: who knows the older version counts on a field that new events may lack.</summary>
    FieldBecameOptional,

    /// <summary>Backward: who knows the new version counts on a field that older events don't have.</summary>
    RequiredFieldAdded,

    /// <summary>Backward: who knows the new version counts on a field that older events may lack.</summary>
    FieldBecameRequired,

    /// <summary>Breaks nothing by itself: the field is there, but what it means may have changed.</summary>
    FieldSourceChanged,

    /// <summary>Breaks no payload; consumers may choose events by type.</summary>
    EventTypeChanged,

    /// <summary>Two contents under one number: consumers can't tell their events apart.</summary>
    VersionRedefined,
}

/// <summary>One rule that two versions of an event meet.</summary>
/// <param name="Older">Version.</param>
/// <param name="Newer">Version.</param>
/// <param name="Field">Null where it concerns the whole event.</param>
/// <param name="Detail">Where a source or type changed: what was and what is.</param>
public sealed record Finding(CompatibilityRule Rule, int Older, int Newer, string? Field, string? Detail = null)
{
    /// <summary>For programs, and for looking it up: REQUIRED_FIELD_REMOVED.</summary>
    public string Name() => string.Concat(Rule.ToString().Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToUpperInvariant();

    /// <returns>Null: breaks no consumer by itself, in neither direction.</returns>
    public CompatibilityDirection? Direction() => Rule switch
    {
        CompatibilityRule.RequiredFieldRemoved or CompatibilityRule.FieldBecameOptional => CompatibilityDirection.Forward,
        CompatibilityRule.RequiredFieldAdded or CompatibilityRule.FieldBecameRequired => CompatibilityDirection.Backward,
        _ => null,
    };

    /// <summary>For people.</summary>
    public string Sentence() => Rule switch
    {
        CompatibilityRule.RequiredFieldRemoved => $"Consumers of v{Older} that read `{Field}` will find nothing there in events of v{Newer}.",
        CompatibilityRule.FieldBecameOptional => $"Consumers of v{Older} count on `{Field}`; events of v{Newer} may come without it.",
        CompatibilityRule.RequiredFieldAdded => $"Consumers of v{Newer} count on `{Field}`; events of v{Older} don't have it.",
        CompatibilityRule.FieldBecameRequired => $"Consumers of v{Newer} count on `{Field}`; events of v{Older} may come without it.",
        CompatibilityRule.FieldSourceChanged => $"`{Field}` is still there, but {Detail}: look whether it means the same.",
        CompatibilityRule.EventTypeChanged => $"The payload is untouched, but {Detail}: consumers that choose events by type may miss it.",
        _ => $"v{Newer} was defined before with another content: consumers can't tell the two apart. Give the change a version of its own.",
    };
}

/// <summary>How a version fares under a mode.</summary>
/// <param name="Against">Versions that it was held against, ascending; empty: it is the first.</param>
/// <param name="Breaking">What the mode forbids.</param>
/// <param name="Allowed">What would break consumers in the direction that the mode does not ask for.</param>
/// <param name="Notes">What breaks nothing by itself and is worth a look.</param>
public sealed record CompatibilityVerdict(
    CompatibilityMode Mode, IReadOnlyList<int> Against, IReadOnlyList<Finding> Breaking, IReadOnlyList<Finding> Allowed, IReadOnlyList<Finding> Notes)
{
    public bool IsCompatible => Breaking.Count == 0;
}
