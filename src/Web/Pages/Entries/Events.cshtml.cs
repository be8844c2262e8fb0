using EventEngine.Application.Entries;
using EventEngine.Web.Api;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EventEngine.Web.Pages.Entries;

/// <summary>The events of an app: filtered, in any order, page by page, and as a file.</summary>
public sealed class EventsModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public EventFilter Filter { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    /// <summary>"all": counted however long it takes.</summary>
    [BindProperty(SupportsGet = true, Name = "count")]
    public string? CountOf { get; set; }

    public EventPage Events { get; private set; } = null!;

    public EventCount Count { get; private set; } = null!;

    /// <summary>False: there are that many or more, and the page asks on.</summary>
    public bool IsCounted => Count.IsExact || Count.Count == EventCount.Most;

    public IReadOnlyList<string> KnownNames { get; private set; } = [];

    /// <summary>What is new appears on top.</summary>
    public bool IsTail => string.IsNullOrEmpty(Cursor) && Sort is null or "" or "-at" && Filter.To is null;

    /// <summary>By how the column is called.</summary>
    public string SortedBy => (Sort ?? "").TrimStart('-').Replace("_ms", "").Replace('_', ' ');

    /// <summary>What is wrong with what was asked.</summary>
    public string? Problem { get; private set; }

    public IEnumerable<FilterChip> Chips => Filter.Chips(at => Viewer.ReadTime(at) is { } time ? Viewer.Local(time).ToString("d MMM yyyy, HH:mm") : at);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAppAsync();
        try
        {
            return await FindAsync(Filter.Criteria(Viewer));
        }
        catch (ValidationException refused)
        {
            return Refuse(string.Join(' ', refused.Errors.Select(error => error.ErrorMessage)));
        }
    }

    private async Task<IActionResult> FindAsync(EventCriteria criteria)
    {
        if (ModelState.Values.SelectMany(value => value.Errors).FirstOrDefault() is { } unread) return Refuse(unread.ErrorMessage);
        var query = new ListEvents(Viewer.Organization, App.Id, criteria, Blank(Sort), Blank(Cursor));
        Events = await AskAsync(query);
        if (Events is { PreviousCursor: null, SearchedTo: null } && Events.Items.Count < query.Limit && Blank(Cursor) is not null && Events.NextCursor is not null)
            return Redirect(With("cursor", null)); // back at the top, which has moved on meanwhile
        Count = await AskAsync(new CountEvents(Viewer.Organization, App.Id, criteria, Whole: CountOf == "all"));
        var types = await AskAsync(new ListEventTypes(Viewer.Organization, App.Id, Viewer.Now - TimeSpan.FromDays(7), Viewer.Now));
        KnownNames = [.. types.Select(type => type.EventName).Append(Filter.EventName).OfType<string>().Where(name => name.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        return Page();
    }

    /// <summary>For a page that is shown already: the heading with the whole count.</summary>
    public async Task<IActionResult> OnGetCountAsync()
    {
        await LoadAppAsync();
        Count = await AskAsync(new CountEvents(Viewer.Organization, App.Id, Filter.Criteria(Viewer), Whole: true));
        return Partial("_EventCount", this);
    }

    public Task<IActionResult> OnGetCsvAsync() => ExportAsync(EventFileKind.Csv);

    public Task<IActionResult> OnGetJsonAsync() => ExportAsync(EventFileKind.Json);

    /// <summary>This list with another parameter; without <paramref name="value"/> without it. Anything but another page starts at the first one.</summary>
    public string With(string parameter, string? value)
    {
        var others = Without(parameter, "cursor");
        return value is null ? others : $"{others}{(others.Contains('?') ? '&' : '?')}{parameter}={Uri.EscapeDataString(value)}";
    }

    /// <summary>The same filters, latest first, up to now.</summary>
    public string Tail => Without("cursor", "sort", "to", "count") + "#events";

    /// <summary>Every event that matches.</summary>
    public string File(string handler) => With("handler", handler);

    /// <summary>For a datetime-local field, in the viewer's zone.</summary>
    public string? Field(string? text) => Viewer.ReadTime(text) is { } at ? Viewer.Local(at).ToString("yyyy-MM-dd'T'HH:mm") : null;

    private string Without(params string[] parameters)
    {
        var query = new QueryBuilder(Request.Query.Where(pair => !parameters.Contains(pair.Key))
            .SelectMany(pair => pair.Value.OfType<string>().Select(one => KeyValuePair.Create(pair.Key, one))));
        return Request.Path + query.ToQueryString();
    }

    private PageResult Refuse(string problem)
    {
        (Problem, Events, Count) = (problem, new EventPage([], null, null, null, null), new EventCount(0, IsExact: true));
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<IActionResult> ExportAsync(EventFileKind kind)
    {
        await LoadAppAsync();
        var sort = Sort == "at" ? "at" : null;
        var events = await Mediator.Send(new ExportEvents(Viewer.Organization, App.Id, Filter.Criteria(Viewer), sort), HttpContext.RequestAborted);
        return new EventFile(events, kind);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
