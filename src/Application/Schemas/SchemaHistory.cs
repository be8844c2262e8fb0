using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <param name="Sentence">For people.</param>
/// <param name="Breaks">Whether it breaks the mode that holds now.</param>
public sealed record SchemaHappening(DateTimeOffset At, SchemaHappeningKind Kind, AppName App, int? EventVersion, string Sentence, bool Breaks = false);

public enum SchemaHappeningKind
{
    Defined,
    Redefined,
    FingerprintSeen,
    FirstEmitted,
    ModeChanged,
}

/// <summary>How an event came to be what it is, as far as its apps told.</summary>
internal static class SchemaHistory
{
    private const string DefinitionSql = """
        select app_id, event_version, source, reported_at, definition from views.schema_definitions
        where app_id = any(@apps) and event_name = @name order by app_id, reported_at, event_version, digest
        """;

    private const string ModeSql = """
        select app_id, event_name, mode, changed_at from views.schema_modes
        where app_id = any(@apps) and event_name in (@name, '') order by app_id, changed_at
        """;

    public static async Task<IReadOnlyList<SchemaHappening>> ReadAsync(
        ReadSnapshot db, Guid[] own, string name, Catalog catalog, IReadOnlyDictionary<AppId, AppName> apps)
    {
        var definitions = await db.ListAsync<DefinitionRow>(DefinitionSql, new { apps = own, name });
        var modes = await db.ListAsync<ModeRow>(ModeSql, new { apps = own, name });
        var happenings = apps.Values.SelectMany(app => (IEnumerable<SchemaHappening>)
        [
            .. Defined(app, definitions.Where(row => row.AppId == app.App.Value), catalog.ModeOf(app.App, name)),
            .. Emitted(app, catalog.Emissions[name]),
            .. Fingerprinted(app, catalog, name),
            .. modes.Where(row => row.AppId == app.App.Value).Select(row => Changed(app, row)),
        ]);
        var isSpokenOf = happenings.Where(each => each.Kind != SchemaHappeningKind.ModeChanged).Select(each => each.App.App).ToHashSet();
        return [.. happenings.Where(each => isSpokenOf.Contains(each.App.App)).OrderByDescending(each => each.At).ThenByDescending(each => each.EventVersion).ThenBy(each => each.App.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<SchemaHappening> Defined(AppName app, IEnumerable<DefinitionRow> rows, CompatibilityMode mode)
    {
        var standing = DefinedSchemas.Initial;
        foreach (var row in rows)
        {
            var definition = Catalog.Parse(row.Definition);
            var earlier = standing.Before(definition).ToArray();
            var was = standing.Find(definition.EventName, definition.EventVersion);
            standing = standing.With(definition);
            var verdict = Compatibility.Judge(mode, earlier, definition);
            var how = row.Source == nameof(DefinitionSource.Upload) ? "uploaded" : "reported by heartbeat";
            var what = was is null ? $"v{definition.EventVersion} {how}" : $"v{definition.EventVersion} {how} again, with another content";
            var against = was ?? earlier.MaxBy(each => each.EventVersion);
            yield return new SchemaHappening(
                row.ReportedAt, was is null ? SchemaHappeningKind.Defined : SchemaHappeningKind.Redefined, app, definition.EventVersion,
                against is null ? $"{what}: the first that is known." : $"{what}: {Summary(SchemaDiff.Between(against, definition))} against v{against.EventVersion}.", !verdict.IsCompatible);
        }
    }

    private static string Summary(IReadOnlyList<SchemaChange> changes)
    {
        (string Word, int Count)[] counts =
        [
            ("added", changes.Count(change => change.Kind == SchemaChangeKind.FieldAdded)),
            ("removed", changes.Count(change => change.Kind == SchemaChangeKind.FieldRemoved)),
            ("now required", changes.Count(change => change.Kind == SchemaChangeKind.FieldBecameRequired)),
            ("now optional", changes.Count(change => change.Kind == SchemaChangeKind.FieldBecameOptional)),
            ("from another source", changes.Count(change => change.Kind == SchemaChangeKind.FieldSourceChanged)),
        ];
        var fields = string.Join(", ", counts.Where(count => count.Count > 0).Select(count => $"{count.Count} {(count.Count == 1 ? "field" : "fields")} {count.Word}"));
        return fields.Length > 0 ? fields : changes.Count > 0 ? "no field changed" : "nothing changed";
    }

    private static IEnumerable<SchemaHappening> Emitted(AppName app, IEnumerable<EmittedVersion> emissions) =>
        emissions.Where(each => each.App == app.App).Select(each => new SchemaHappening(
            each.FirstAt, SchemaHappeningKind.FirstEmitted, app, each.Version, each.Version is { } version ? $"First event of v{version}." : "First event, without a version."));

    /// <summary>Those that no definition explains.</summary>
    private static IEnumerable<SchemaHappening> Fingerprinted(AppName app, Catalog catalog, string name)
    {
        var explained = catalog.Definitions[name].Where(each => each.App == app.App).SelectMany(each => new[] { each.Fingerprint, each.ReportedFingerprint }).ToHashSet();
        return catalog.Fingerprints[name].Where(each => each.App == app.App && !explained.Contains(each.Fingerprint)).Select(each => new SchemaHappening(
            each.FirstSeenAt, SchemaHappeningKind.FingerprintSeen, app, null, $"Runs a schema with the fingerprint {each.Fingerprint}, without a definition."));
    }

    private static SchemaHappening Changed(AppName app, ModeRow row)
    {
        var of = row.EventName.Length == 0 ? "all events of the app" : "this event";
        var sentence = row.Mode is null ? $"Mode of {of} left to {(row.EventName.Length == 0 ? "the default" : "the app")}." : $"Mode of {of} set to {ModeWords.Of(Enum.Parse<CompatibilityMode>(row.Mode))}.";
        return new SchemaHappening(row.ChangedAt, SchemaHappeningKind.ModeChanged, app, null, sentence);
    }

    private sealed record DefinitionRow(Guid AppId, int EventVersion, string Source, DateTimeOffset ReportedAt, string Definition);

    private sealed record ModeRow(Guid AppId, string EventName, string? Mode, DateTimeOffset ChangedAt);
}
