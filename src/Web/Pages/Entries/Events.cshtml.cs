using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Entries;

public sealed class EventsModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "event_name")]
    public string? EventName { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<EventRow> Events { get; private set; } = null!;

    public EventCount Count { get; private set; } = null!;

    public IReadOnlyList<string> KnownNames { get; private set; } = [];

    public bool IsFiltered => (EventName ?? Status ?? From ?? To ?? Q) is not null || Version is not null;

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        var criteria = new EventCriteria(Blank(EventName), Blank(Status), Version, Viewer.ReadTime(From), Viewer.ReadTime(To), Blank(Q));
        Events = await AskAsync(new ListEvents(Viewer.Organization, App.Id, criteria, Blank(Sort), Blank(Cursor)));
        Count = await AskAsync(new CountEvents(Viewer.Organization, App.Id, criteria));
        var types = await AskAsync(new ListEventTypes(Viewer.Organization, App.Id, Viewer.Now - TimeSpan.FromDays(7), Viewer.Now));
        KnownNames = [.. types.Select(type => type.EventName).Append(EventName).OfType<string>().Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>This list with another parameter; without <paramref name="value"/> without it. A new order starts at the first page.</summary>
    public string With(string parameter, string? value)
    {
        var others = Request.Query.Where(pair => pair.Key != parameter && (pair.Key != "cursor" || parameter == "cursor"));
        var query = new QueryBuilder(others.SelectMany(pair => pair.Value.OfType<string>().Select(one => KeyValuePair.Create(pair.Key, one))));
        if (value is not null) query.Add(parameter, value);
        return Request.Path + query.ToQueryString();
    }

    /// <summary>For a datetime-local field, in the viewer's zone.</summary>
    public string? Field(string? text) => Viewer.ReadTime(text) is { } at ? Viewer.Local(at).ToString("yyyy-MM-dd'T'HH:mm") : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
