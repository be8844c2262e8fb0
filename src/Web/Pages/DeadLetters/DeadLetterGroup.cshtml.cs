using EventEngine.Application.DeadLetters;
using EventEngine.Application.Entries;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.DeadLetters;

/// <summary>One group of dead letters: what they died of, since when, how it stands, and its events.</summary>
public sealed class DeadLetterGroupModel(IMediator mediator, Viewer viewer) : DeadLettersPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "group")]
    public string Fingerprint { get; set; } = "";

    public DeadLetterGroup Group { get; private set; } = null!;

    /// <summary>Who decided last, as people call her; null: nobody, or a program.</summary>
    public string? DecidedBy { get; private set; }

    public Page<DeadLetter> Events { get; private set; } = new([], null);

    public EventCount Count { get; private set; } = new(0, IsExact: true);

    public async Task OnGetAsync()
    {
        await LoadAppAsync();
        if (Domain.DeadLetters.ErrorFingerprint.Parse(Fingerprint) is null) throw new NotFoundException("group");
        var found = await AskAsync(new ListDeadLetterGroups(Viewer.Organization, App.Id, new DeadLetterCriteria(Group: Fingerprint), State: "all"));
        Group = found.Groups.Items is [var group] ? group : throw new NotFoundException("group");
        if (Group.Decided?.By is { } person) DecidedBy = (await AskAsync(new ListMembers(Viewer.Organization))).FirstOrDefault(member => member.PersonId == person)?.Name;
        await LoadTrendAsync(Fingerprint);
        await LoadNamesAsync();
        try
        {
            var criteria = Filter.Criteria(Viewer, Fingerprint);
            Events = await AskAsync(new ListDeadLetters(Viewer.Organization, App.Id, criteria, Blank(Sort), Blank(Cursor)));
            Count = await AskAsync(new CountDeadLetters(Viewer.Organization, App.Id, criteria));
        }
        catch (ValidationException refused)
        {
            Problem = string.Join(' ', refused.Errors.Select(error => error.ErrorMessage));
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }
}
