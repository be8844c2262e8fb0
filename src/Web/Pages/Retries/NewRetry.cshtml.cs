using System.Globalization;
using EventEngine.Application.Entries;
using EventEngine.Application.Retries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Retries;

/// <summary>What a retry would send and where, before anything is sent. The selection is in the address, as that of the dead letters is.</summary>
[Needs(Permission.RetryEvents)]
public sealed class NewRetryModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    private const int ShownNames = 20;

    [BindProperty(SupportsGet = true, Name = "event")]
    public List<string> Events { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "failed_of")]
    public Guid? FailedOf { get; set; }

    [BindProperty(SupportsGet = true, Name = "group")]
    public List<string> Groups { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "event_name")]
    public string? EventName { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    [BindProperty(SupportsGet = true, Name = "error_class")]
    public string? ErrorClass { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Attempts { get; set; }

    [BindProperty(SupportsGet = true, Name = "attempts_max")]
    public int? AttemptsMax { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public RetryPreview Preview { get; private set; } = null!;

    /// <summary>Drawn with the form, so that sending it again starts nothing more.</summary>
    public Guid RetryId { get; } = Guid.NewGuid();

    /// <summary>As it was typed, when the form comes back; else as we suggest.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What is reported later is not part of what was looked at.</summary>
    public string? HeardBy => Preview.HeardBy?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Why nothing was started.</summary>
    public string? Problem { get; private set; }

    public IEnumerable<RetryNameCount> ShownEventNames => Preview.EventNames.Take(ShownNames);

    public int HiddenEventNames => Math.Max(0, Preview.EventNames.Count - ShownNames);

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        Preview = await AskAsync(new PreviewRetry(Viewer.Organization, App.Id, Selection(null)));
        if (Name.Length == 0) Name = Preview.SuggestedName.Length <= StartRetry.LongestName ? Preview.SuggestedName : Preview.SuggestedName[..StartRetry.LongestName];
    }

    public async Task<IActionResult> OnPostAsync(Guid retry, string? name, int expected, string? heardBy)
    {
        await LoadAppAsync();
        try
        {
            var command = new StartRetry(Viewer.Actor, App.Id, retry, Selection(Viewer.ReadTime(heardBy)), name, expected);
            await DoAsync(command, ProjectionNames.Retries);
            return Redirect($"{Home}/retries/{retry:N}");
        }
        catch (DomainException refused)
        {
            Problem = refused.Message;
        }
        catch (ValidationException invalid)
        {
            Problem = string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage));
        }

        Name = name ?? "";
        await OnGetAsync();
        return Page();
    }

    private RetrySelection Selection(DateTimeOffset? heardBy)
    {
        if (FailedOf is { } earlier) return new RetrySelection(FailedOf: earlier);
        if (Events.Count > 0) return new RetrySelection(EventIds: Events);
        var (from, to) = (Viewer.ReadTime(From), Viewer.ReadTime(To));
        var criteria = new DeadLetterCriteria(Blank(EventName), Version, Blank(ErrorClass), Attempts, AttemptsMax, from, to, Blank(Q));
        return new RetrySelection(Criteria: Groups is [var one] ? criteria with { Group = Blank(one) } : criteria with { Groups = Groups.Count > 0 ? Groups : null }, HeardBy: heardBy);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
