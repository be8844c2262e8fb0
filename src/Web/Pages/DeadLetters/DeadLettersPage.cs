using EventEngine.Application.DeadLetters;
using EventEngine.Application.Deploys;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Entries;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.DeadLetters;

/// <summary>What the list of dead letters and the page of one group have in common: filters in the address, a trend, and what is decided of groups.</summary>
public abstract class DeadLettersPage(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public DeadLetterFilter Filter { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public TimeRange Range { get; private set; } = null!;

    public ChartView Trend { get; private set; } = null!;

    public IReadOnlyList<Deploy> Deploys { get; private set; } = [];

    public IReadOnlyList<string> KnownNames { get; private set; } = [];

    /// <summary>What is wrong with what was asked.</summary>
    public string? Problem { get; protected set; }

    public string List => $"{Home}/dead-letters";

    public IEnumerable<FilterChip> Chips => Filter.Chips(at => Viewer.ReadTime(at) is { } time ? Viewer.Local(time).ToString("d MMM yyyy, HH:mm") : at);

    public Task<IActionResult> OnPostResolveAsync(string[] group) => DecideAsync(group, one => new ResolveGroup(Viewer.Actor, AppOf(), one));

    public Task<IActionResult> OnPostReopenAsync(string[] group) => DecideAsync(group, one => new ReopenGroup(Viewer.Actor, AppOf(), one));

    /// <param name="until">1h, 24h, 7d: a time from now; +10, +100, +1000: so many more; else for good.</param>
    public Task<IActionResult> OnPostIgnoreAsync(string[] group, string? until) => DecideAsync(group, one => new IgnoreGroup(
        Viewer.Actor, AppOf(), one,
        until switch { "1h" => Viewer.Now.AddHours(1), "24h" => Viewer.Now.AddHours(24), "7d" => Viewer.Now.AddDays(7), _ => null },
        until switch { "+10" => 10, "+100" => 100, "+1000" => 1000, _ => null }));

    /// <summary>This page with another parameter; without <paramref name="value"/> without it. Anything but another page starts at the first one.</summary>
    public string With(string parameter, string? value)
    {
        string[] replaced = [parameter, "cursor", "handler"];
        var query = new QueryBuilder(Request.Query.Where(pair => !replaced.Contains(pair.Key))
            .SelectMany(pair => pair.Value.OfType<string>().Select(one => KeyValuePair.Create(pair.Key, one))));
        if (value is not null) query.Add(parameter, value);
        return Request.Path + query.ToQueryString();
    }

    /// <summary>Where a retry of all that the filters find begins: with a preview.</summary>
    /// <param name="groups">Fingerprints; none: of any group.</param>
    public string RetryAddress(params string[] groups)
    {
        var criteria = Filter.Criteria(Viewer);
        var query = new QueryBuilder { { "group", groups } };
        foreach (var (name, value) in new (string, object?)[]
        {
            ("event_name", criteria.EventName), ("version", criteria.Version), ("error_class", criteria.ErrorClass), ("attempts", criteria.AttemptsAtLeast),
            ("attempts_max", criteria.AttemptsAtMost), ("from", criteria.From?.ToString("O")), ("to", criteria.To?.ToString("O")), ("q", criteria.Q),
        })
            if (value is not null) query.Add(name, value.ToString()!);
        return $"{Home}/retries/new{query.ToQueryString()}";
    }

    /// <summary>For a datetime-local field, in the viewer's zone.</summary>
    public string? Field(string? text) => Viewer.ReadTime(text) is { } at ? Viewer.Local(at).ToString("yyyy-MM-dd'T'HH:mm") : null;

    /// <param name="group">A fingerprint; null: of all groups.</param>
    protected async Task LoadTrendAsync(string? group)
    {
        Range = Request.Query.ContainsKey("range") || (Filter.From is { Length: > 0 } && Filter.To is { Length: > 0 })
            ? TimeRange.Read(Request.Query, Viewer)
            : new TimeRange("24h", Viewer.Now.AddHours(-24), Viewer.Now);
        var deaths = group is null
            ? await AskAsync(new GetThroughput(Viewer.Organization, App.Id, Range.From, Range.To))
            : await AskAsync(new GetDeathTrend(Viewer.Organization, App.Id, group, Range.From, Range.To));
        Deploys = await AskAsync(new ListDeploys(Viewer.Organization, App.Id, Range.From, Range.To));
        var events = group is null ? $"{List}?view=events" : $"{List}/{group}";
        Trend = Charts.DeadLetters(deaths, events, Range.IsUpToNow) with { Marks = ChartMark.Of(Deploys, Viewer), Height = "short" };
    }

    protected async Task LoadNamesAsync()
    {
        var types = await AskAsync(new ListEventTypes(Viewer.Organization, App.Id, Viewer.Now - TimeSpan.FromDays(7), Viewer.Now));
        var names = types.Where(type => type.DeadLettered > 0).Select(type => type.EventName).Append(Filter.EventName);
        KnownNames = [.. names.OfType<string>().Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    protected static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Domain.Apps.AppId AppOf() => Domain.Apps.AppId.TryParse(Id, out var app) ? app : throw new NotFoundException("app");

    private async Task<IActionResult> DecideAsync(string[] groups, Func<string, IRequest<Application.EventStore.StorePosition?>> command)
    {
        if (groups.Length == 0) groups = [""];
        foreach (var group in groups.Take(Application.Shared.Page.MaxLimit)) await DoAsync(command(group), ProjectionNames.DeadLetters);
        return Redirect(With("handler", null));
    }
}
