using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Schemas;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Web.Api;

/// <param name="Count">Of all that match, on every page.</param>
internal sealed record SchemasBody(AsOf AsOf, IReadOnlyList<SchemaRow> Schemas, int Count, string? NextCursor);

internal sealed record SchemaBody : SchemaRow
{
    public SchemaBody(AsOf asOf, SchemaDetail detail)
        : base(detail.Schema) => (AsOf, Verdicts, Latest, History) = (asOf, [.. detail.Verdicts.Select(AppVerdictBody.Of)], detail.Latest, [.. detail.History.Select(HappeningBody.Of)]);

    public AsOf AsOf { get; }

    /// <summary>Of the newest version, by app that defines it.</summary>
    public IReadOnlyList<AppVerdictBody> Verdicts { get; }

    /// <summary>Which versions the latest events of each app have: the last 1,000 of each, of the last 7 days.</summary>
    public IReadOnlyList<VersionCount> Latest { get; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HappeningBody> History { get; }
}

/// <summary>How a version fares under a mode.</summary>
/// <param name="Against">Versions that it was held against; empty: it is the first.</param>
/// <param name="Allowed">What would break consumers in the direction that the mode does not ask for.</param>
internal sealed record VerdictBody(
    CompatibilityMode Mode, bool Compatible, IReadOnlyList<int> Against,
    IReadOnlyList<FindingBody> Breaking, IReadOnlyList<FindingBody> Allowed, IReadOnlyList<FindingBody> Notes)
{
    public static VerdictBody Of(CompatibilityVerdict verdict) => new(
        verdict.Mode, verdict.IsCompatible, verdict.Against, FindingBody.Of(verdict.Breaking), FindingBody.Of(verdict.Allowed), FindingBody.Of(verdict.Notes));
}

/// <param name="Rule">REQUIRED_FIELD_REMOVED and so on.</param>
/// <param name="Direction">backward or forward; null: breaks nobody by itself.</param>
internal sealed record FindingBody(string Rule, CompatibilityDirection? Direction, int Older, int Newer, string? Field, string Message)
{
    public static IReadOnlyList<FindingBody> Of(IEnumerable<Finding> findings) =>
        [.. findings.Select(finding => new FindingBody(finding.Name(), finding.Direction(), finding.Older, finding.Newer, finding.Field, finding.Sentence()))];
}

/// <param name="OwnMode">The event's own in that app; null: the app's holds.</param>
/// <param name="AppMode">The app's; null: forward, the default.</param>
internal sealed record AppVerdictBody(
    AppId App, string Name, string Environment, int EventVersion, VerdictBody Verdict, CompatibilityMode? OwnMode, CompatibilityMode? AppMode)
{
    public static AppVerdictBody Of(AppVerdict judged) =>
        new(judged.App.App, judged.App.Name, judged.App.Environment, judged.EventVersion, VerdictBody.Of(judged.Verdict), judged.OwnMode, judged.AppMode);
}

/// <param name="EventName">Null: the app's own, for all events that have none.</param>
/// <param name="Mode">Null: none of its own any more; the app's holds, or the default.</param>
internal sealed record CompatibilityModeBody(string? EventName, CompatibilityMode? Mode);

/// <param name="Breaks">Whether it breaks the mode that holds now.</param>
internal sealed record HappeningBody(DateTimeOffset At, SchemaHappeningKind Kind, AppId App, int? EventVersion, string Message, bool Breaks)
{
    public static HappeningBody Of(SchemaHappening happening) =>
        new(happening.At, happening.Kind, happening.App.App, happening.EventVersion, happening.Sentence, happening.Breaks);
}

internal sealed record SchemaDiffBody(
    AsOf AsOf, string EventName, DefinedVersion From, DefinedVersion To, IReadOnlyList<SchemaChange> Changes, VerdictBody Verdict);

/// <summary>What an upload meant, or would mean.</summary>
/// <param name="Position">Where it was written; null when nothing was.</param>
internal record UploadBody(AppId App, bool DryRun, bool Compatible, StorePosition? Position, IReadOnlyList<UploadedBody> Schemas);

/// <summary>What an upload would break: an error, so that a build can stop at it.</summary>
internal sealed record IncompatibleBody(string Error, string Message, UploadBody Upload) : UploadBody(Upload);

/// <param name="Verdict">Null: it is unchanged, or the event was never defined here before.</param>
internal sealed record UploadedBody(
    string EventName, int EventVersion, UploadState State, string Fingerprint, string? ReportedFingerprint, bool FingerprintMatches, VerdictBody? Verdict)
{
    public static UploadedBody Of(UploadedSchema schema)
    {
        var fingerprint = schema.Definition.Fingerprint();
        return new UploadedBody(
            schema.Definition.EventName, schema.Definition.EventVersion, schema.State, fingerprint, schema.ReportedFingerprint,
            schema.ReportedFingerprint is null || schema.ReportedFingerprint == fingerprint, schema.Verdict is { } verdict ? VerdictBody.Of(verdict) : null);
    }
}
