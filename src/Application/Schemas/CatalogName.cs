using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;

namespace EventEngine.Application.Schemas;

/// <summary>One name of the catalog, put together and judged.</summary>
internal sealed class CatalogName(
    string name, Catalog catalog, IReadOnlyDictionary<AppId, AppName> apps, IReadOnlyDictionary<(AppId App, string EventName), EventVolume> volumes)
{
    private readonly DefinedVersion[] _definitions = [.. Known(catalog.Definitions[name], apps, each => each.App)];
    private readonly SeenFingerprint[] _fingerprints = [.. Known(catalog.Fingerprints[name], apps, each => each.App)];
    private readonly EmittedVersion[] _emissions = [.. Known(catalog.Emissions[name], apps, each => each.App)];

    /// <summary>False: its apps were deleted a moment ago.</summary>
    public bool IsKnown => _definitions.Length + _fingerprints.Length + _emissions.Length > 0;

    public SchemaRow Describe()
    {
        var seen = _definitions.Select(each => each.ReportedAt)
            .Concat(_fingerprints.Select(each => each.FirstSeenAt)).Concat(_emissions.Select(each => each.FirstAt)).ToArray();
        var verdicts = Verdicts();
        return new SchemaRow(
            name,
            [.. _definitions.Select(each => each.EventVersion).Concat(_emissions.Select(each => each.Version).OfType<int>()).Distinct().Order()],
            _fingerprints,
            [.. Apps().Order(AppOrder.By(apps))],
            seen.Min(),
            seen.Max(),
            [.. _definitions.OrderByDescending(each => each.EventVersion).ThenBy(each => each.App, AppOrder.By(apps))],
            Emitters(),
            _emissions.Length == 0 ? null : _emissions.Max(each => each.LastAt),
            Volume(),
            verdicts.Select(State).DefaultIfEmpty(SchemaState.Undefined).Max(),
            SchemaWarnings.Of(_definitions, _fingerprints, Emitters(), apps));
    }

    /// <summary>By app that defines it.</summary>
    public IReadOnlyList<AppVerdict> Verdicts() =>
    [
        .. _definitions.GroupBy(each => each.App).OrderBy(group => group.Key, AppOrder.By(apps)).Select(group =>
        {
            var newest = group.MaxBy(each => each.EventVersion)!;
            var earlier = group.Where(each => each != newest).Select(each => each.Definition);
            var verdict = Compatibility.Judge(catalog.ModeOf(group.Key, name), earlier, newest.Definition);
            return new AppVerdict(apps[group.Key], newest.EventVersion, verdict, catalog.OwnMode(group.Key, name), catalog.AppMode(group.Key));
        }),
    ];

    private static SchemaState State(AppVerdict judged) => judged.Verdict switch
    {
        { Against.Count: 0 } => SchemaState.FirstVersion,
        { Mode: CompatibilityMode.None } => SchemaState.Unchecked,
        { IsCompatible: true } => SchemaState.Compatible,
        _ => SchemaState.Breaking,
    };

    private IEnumerable<AppId> Apps() =>
        _definitions.Select(each => each.App).Concat(_fingerprints.Select(each => each.App)).Concat(_emissions.Select(each => each.App)).Distinct();

    private IReadOnlyList<VersionEmitter> Emitters() =>
    [
        .. _emissions.OrderBy(each => each.App, AppOrder.By(apps)).ThenByDescending(each => each.Version)
            .Select(each => new VersionEmitter(each.App, apps[each.App].Name, apps[each.App].Environment, each.Version, each.FirstAt, each.LastAt)),
    ];

    private SchemaVolume Volume()
    {
        var ofApps = Apps().Select(app => volumes.GetValueOrDefault((app, name))).OfType<EventVolume>().ToArray();
        return new SchemaVolume(ofApps.Sum(volume => volume.Last24Hours), ofApps.Sum(volume => volume.Last30Days));
    }

    // Which apps there are was read a moment apart from what they said.
    private static IEnumerable<T> Known<T>(IEnumerable<T> all, IReadOnlyDictionary<AppId, AppName> apps, Func<T, AppId> app) => all.Where(each => apps.ContainsKey(app(each)));
}

/// <summary>Apps by name and environment.</summary>
internal sealed class AppOrder : IComparer<AppId>
{
    private readonly IReadOnlyDictionary<AppId, AppName> _apps;

    private AppOrder(IReadOnlyDictionary<AppId, AppName> apps) => _apps = apps;

    public static AppOrder By(IReadOnlyDictionary<AppId, AppName> apps) => new(apps);

    public int Compare(AppId x, AppId y) => Key(x).CompareTo(Key(y));

    private (string Name, string Environment, Guid Id) Key(AppId app) => _apps.TryGetValue(app, out var known) ? (known.Name, known.Environment, app.Value) : ("", "", app.Value);
}
