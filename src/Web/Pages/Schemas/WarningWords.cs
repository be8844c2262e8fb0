using EventEngine.Application.Schemas;

namespace EventEngine.Web.Pages.Schemas;

/// <summary>Warnings in a few words; the page of the event has the whole sentence.</summary>
public static class WarningWords
{
    public static IReadOnlyList<(string Code, string Words)> All { get; } =
    [
        ("VERSION_SKEW", "Version skew"),
        ("FINGERPRINT_MISMATCH", "Fingerprint mismatch"),
        ("UNKNOWN_FINGERPRINT", "Unknown fingerprint"),
        ("VERSION_REDEFINED", "Version redefined"),
        ("APPS_DISAGREE", "Apps disagree"),
        ("VERSION_UNDEFINED", "Version not defined"),
        ("NEVER_EMITTED", "Never emitted"),
    ];

    /// <summary>Which place emits what is the whole news of a skew; of the others their name says enough.</summary>
    public static string InAList(SchemaWarning warning) =>
        warning.Code == "VERSION_SKEW" ? warning.Message.TrimEnd('.') : All.FirstOrDefault(each => each.Code == warning.Code).Words ?? warning.Code;
}
