using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EventEngine.Application.Schemas;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Api;

internal sealed record SchemaParameters
{
    [Description("Part of the event name.")]
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [Description("Only events that this app defines, emits or has shown a fingerprint of.")]
    [FromQuery(Name = "app")]
    public string? App { get; init; }

    [Description("Only events of apps in this environment.")]
    [FromQuery(Name = "environment")]
    public string? Environment { get; init; }

    [Description("How the newest version fares, in the app where it fares worst.")]
    [AllowedValues("undefined", "first_version", "unchecked", "compatible", "breaking")]
    [FromQuery(Name = "verdict")]
    public string? Verdict { get; init; }

    [Description("any, or the code of one: VERSION_SKEW, FINGERPRINT_MISMATCH, VERSION_REDEFINED, APPS_DISAGREE, UNKNOWN_FINGERPRINT, VERSION_UNDEFINED, NEVER_EMITTED.")]
    [FromQuery(Name = "warning")]
    public string? Warning { get; init; }

    [Description("event_name, versions, apps, verdict, last_24h, last_30d, last_seen_at or last_changed_at; descending with a leading dash. By default event_name.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("next_cursor of the page before, with the same filters and order.")]
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [Description("Event names on a page.")]
    [Range(1, 500)]
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <exception cref="BadHttpRequestException">There is no such verdict.</exception>
    public SchemaCriteria Criteria() => new(Q, App is null ? null : Caller.App(App), Environment, SchemaWords.Verdict(Verdict), Warning);
}

internal static class SchemaWords
{
    /// <exception cref="BadHttpRequestException">There is no such verdict.</exception>
    public static SchemaState? Verdict(string? wire) => string.IsNullOrEmpty(wire) ? null
        : Enum.GetValues<SchemaState>().Cast<SchemaState?>().FirstOrDefault(state => Wire(state!.Value) == wire)
            ?? throw new BadHttpRequestException($"verdict is one of {string.Join(", ", Enum.GetValues<SchemaState>().Select(Wire))}.");

    public static string Wire(SchemaState state) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());
}
