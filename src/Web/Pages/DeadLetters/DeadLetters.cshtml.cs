using EventEngine.Application.DeadLetters;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Api;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.DeadLetters;

/// <summary>The dead letters of an app: by what they died of, or one by one.</summary>
public sealed class DeadLettersModel(IMediator mediator, Viewer viewer) : DeadLettersPage(mediator, viewer)
{
    private readonly IMediator _mediator = mediator;

    /// <summary>"events": one by one; else by groups.</summary>
    [BindProperty(SupportsGet = true, Name = "view")]
    public string? View { get; set; }

    public bool IsEvents => View == "events";

    /// <summary>Null in the view of events.</summary>
    public GroupPage? Groups { get; private set; }

    /// <summary>Null in the view of groups.</summary>
    public Page<DeadLetter>? Events { get; private set; }

    public EventCount Count { get; private set; } = new(0, IsExact: true);

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        await LoadTrendAsync(group: null);
        await LoadNamesAsync();
        try
        {
            await FindAsync(Filter.Criteria(Viewer));
        }
        catch (ValidationException refused)
        {
            Problem = string.Join(' ', refused.Errors.Select(error => error.ErrorMessage));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    public Task<IActionResult> OnGetCsvAsync() => ExportAsync(EventFileKind.Csv);

    public Task<IActionResult> OnGetJsonAsync() => ExportAsync(EventFileKind.Json);

    /// <summary>Of the ticked groups, as far as the filters find them.</summary>
    public async Task<IActionResult> OnPostRetryAsync(string[] group)
    {
        if (!Viewer.Can(Permission.RetryEvents)) throw new RoleNeededException(Permission.RetryEvents);
        await LoadAppAsync();
        return Redirect(group.Length == 0 ? With("handler", null) : RetryAddress(group));
    }

    private async Task FindAsync(DeadLetterCriteria criteria)
    {
        if (!IsEvents)
        {
            Groups = await AskAsync(new ListDeadLetterGroups(Viewer.Organization, App.Id, criteria, Blank(Filter.State), Blank(Sort), Blank(Cursor)));
            return;
        }

        Events = await AskAsync(new ListDeadLetters(Viewer.Organization, App.Id, criteria, Blank(Sort), Blank(Cursor)));
        Count = await AskAsync(new CountDeadLetters(Viewer.Organization, App.Id, criteria));
    }

    private async Task<IActionResult> ExportAsync(EventFileKind kind)
    {
        await LoadAppAsync();
        var letters = await _mediator.Send(new ExportDeadLetters(Viewer.Organization, App.Id, Filter.Criteria(Viewer)), HttpContext.RequestAborted);
        return new DeadLetterFile(letters, kind);
    }
}
