using EventEngine.Application.Apps;
using EventEngine.Domain.Apps;

namespace EventEngine.Application.Schemas;

/// <summary>What does not add up between what apps define, what they say of it, and what they emit.</summary>
internal static class SchemaWarnings
{
    public static IReadOnlyList<SchemaWarning> Of(
        IReadOnlyList<DefinedVersion> definitions, IReadOnlyList<SeenFingerprint> fingerprints, IReadOnlyList<VersionEmitter> emitters,
        IReadOnlyDictionary<AppId, AppName> apps) =>
    [
        .. Skew(emitters), .. Mismatches(definitions, apps), .. Redefined(definitions, apps), .. Disagreeing(definitions, apps),
        .. Unexplained(definitions, fingerprints, apps), .. EmittedUndefined(definitions, emitters), .. NeverEmitted(definitions, emitters),
    ];

    private static IEnumerable<SchemaWarning> Skew(IReadOnlyList<VersionEmitter> emitters)
    {
        var current = emitters.Where(each => each.EventVersion is not null).GroupBy(each => each.App)
            .Select(app => app.OrderByDescending(each => each.LastSeenAt).ThenByDescending(each => each.EventVersion).First()).ToArray();
        if (current.Select(each => each.EventVersion).Distinct().Count() < 2) yield break;
        var places = current.GroupBy(each => each.Environment).OrderBy(place => place.Key, StringComparer.Ordinal).ToArray();
        var isByPlace = places.All(place => place.Select(each => each.EventVersion).Distinct().Count() == 1);
        var words = isByPlace
            ? places.Select(place => $"{place.Key} emits v{place.First().EventVersion}")
            : current.Select(each => $"{each.Name} ({each.Environment}) emits v{each.EventVersion}");
        yield return new SchemaWarning("VERSION_SKEW", string.Join(", ", words) + ".");
    }

    private static IEnumerable<SchemaWarning> Mismatches(IReadOnlyList<DefinedVersion> definitions, IReadOnlyDictionary<AppId, AppName> apps) =>
        definitions.Where(each => !each.FingerprintMatches).Select(each => new SchemaWarning(
            "FINGERPRINT_MISMATCH",
            $"{Name(apps, each.App)} reports {Short(each.ReportedFingerprint!)} as the fingerprint of v{each.EventVersion}; the definition that it sent gives {Short(each.Fingerprint)}."));

    private static IEnumerable<SchemaWarning> Redefined(IReadOnlyList<DefinedVersion> definitions, IReadOnlyDictionary<AppId, AppName> apps) =>
        definitions.Where(each => each.Redefined).Select(each => new SchemaWarning(
            "VERSION_REDEFINED", $"{Name(apps, each.App)} has defined v{each.EventVersion} in more than one way: consumers can't tell its events apart."));

    private static IEnumerable<SchemaWarning> Disagreeing(IReadOnlyList<DefinedVersion> definitions, IReadOnlyDictionary<AppId, AppName> apps) =>
        definitions.GroupBy(each => each.EventVersion).Where(version => version.Select(each => each.Fingerprint).Distinct().Count() > 1).Select(version => new SchemaWarning(
            "APPS_DISAGREE", $"v{version.Key} is not the same in {string.Join(" and ", version.Select(each => Name(apps, each.App)))}."));

    /// <summary>The newest fingerprint of an app that defines the event is none of its definitions'.</summary>
    private static IEnumerable<SchemaWarning> Unexplained(
        IReadOnlyList<DefinedVersion> definitions, IReadOnlyList<SeenFingerprint> fingerprints, IReadOnlyDictionary<AppId, AppName> apps) =>
        from app in fingerprints.GroupBy(each => each.App)
        let newest = app.MaxBy(each => each.FirstSeenAt)!
        let own = definitions.Where(each => each.App == app.Key).ToArray()
        where own.Length > 0 && own.All(each => each.Fingerprint != newest.Fingerprint && each.ReportedFingerprint != newest.Fingerprint)
        select new SchemaWarning(
            "UNKNOWN_FINGERPRINT", $"{Name(apps, app.Key)} runs a schema with the fingerprint {Short(newest.Fingerprint)}, which none of its definitions has: upload the newest.");

    private static IEnumerable<SchemaWarning> EmittedUndefined(IReadOnlyList<DefinedVersion> definitions, IReadOnlyList<VersionEmitter> emitters) =>
        definitions.Count == 0 ? [] :
        from emitter in emitters
        where emitter.EventVersion is { } version && definitions.All(each => each.EventVersion != version)
        group emitter by emitter.EventVersion into version
        select new SchemaWarning(
            "VERSION_UNDEFINED", $"v{version.Key} is emitted by {string.Join(" and ", version.Select(each => $"{each.Name} ({each.Environment})"))}, and nobody has defined it.");

    private static IEnumerable<SchemaWarning> NeverEmitted(IReadOnlyList<DefinedVersion> definitions, IReadOnlyList<VersionEmitter> emitters)
    {
        if (definitions.Count > 0 && emitters.Count == 0) yield return new SchemaWarning("NEVER_EMITTED", "It is defined, and no event of it was ever reported.");
    }

    private static string Name(IReadOnlyDictionary<AppId, AppName> apps, AppId app) => $"{apps[app].Name} ({apps[app].Environment})";

    private static string Short(string fingerprint) => fingerprint.Length > 10 ? fingerprint[..10] + "…" : fingerprint;
}
