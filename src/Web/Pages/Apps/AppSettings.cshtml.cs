using System.Security.Cryptography;
using EventEngine.Application.Apps;
using EventEngine.Application.Callbacks;
using EventEngine.Application.Entries;
using EventEngine.Application.EventStore;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Apps;

/// <summary>One app's name, keys and callback address, and its end.</summary>
public sealed class AppSettingsModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public string Id { get; set; } = "";

    /// <summary>What the address asks to confirm, for browsers without script: "delete", or a key's id.</summary>
    [BindProperty(SupportsGet = true, Name = "confirm")]
    public string? Confirm { get; set; }

    public AppSettings App { get; private set; } = null!;

    public IReadOnlyList<ApiKeyRow> Keys { get; private set; } = [];

    /// <summary>Events of all time.</summary>
    public long Events { get; private set; }

    /// <summary>Shown in this one answer, and never again.</summary>
    public ApiKey? NewKey { get; private set; }

    /// <summary>What came of asking the app at its address just now.</summary>
    public CallbackTest? Tested { get; private set; }

    /// <summary>Why what was asked was not done.</summary>
    public string? Problem { get; private set; }

    public int ActiveKeys => Keys.Count(key => key.IsActive);

    private AppId AppId => AppId.TryParse(Id, out var app) ? app : throw new NotFoundException("app");

    private string Address => $"/dashboard/settings/apps/{AppId}";

    public async Task OnGetAsync()
    {
        App = await AskAsync(new GetAppSettings(Viewer.Organization, AppId));
        Keys = await AskAsync(new ListApiKeys(Viewer.Organization, AppId));
        Events = (await AskAsync(new GetAppSummary(Viewer.Organization, AppId))).Totals.Events;
    }

    public Task<IActionResult> OnPostRenameAsync(string? name, string? environment) =>
        DoAndReturnAsync(new RenameApp(Viewer.Actor, AppId, name ?? "", environment ?? ""));

    public Task<IActionResult> OnPostCallbackAsync(string? url) => DoAndReturnAsync(new ConfigureCallback(Viewer.Actor, AppId, url));

    public async Task<IActionResult> OnPostTestAsync()
    {
        Tested = await Mediator.Send(new TestCallback(Viewer.Actor, AppId), HttpContext.RequestAborted);
        await OnGetAsync();
        return Page();
    }

    public Task<IActionResult> OnPostInFlightAsync(int minutes) => DoAndReturnAsync(new SetInFlightLimit(Viewer.Actor, AppId, minutes));

    public Task<IActionResult> OnPostRevokeAsync(Guid key) => DoAndReturnAsync(new RevokeApiKey(Viewer.Actor, AppId, key));

    /// <summary>Answers with the key itself: nothing could show it after a redirect without keeping it.</summary>
    /// <param name="key">Drawn with the form, so that sending it again issues nothing.</param>
    public async Task<IActionResult> OnPostIssueAsync(Guid key)
    {
        var secret = ApiKey.From(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes));
        if (await TryAsync(new IssueApiKey(Viewer.Actor, key, AppId, secret)) is { } done)
        {
            if (done.IsNew) NewKey = secret;
            else Problem = "This key was issued already. It was shown once and can't be shown again: revoke it and issue another.";
        }

        await OnGetAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync()
    {
        await DoAsync(new DeleteApp(Viewer.Actor, AppId), ProjectionNames.Apps);
        return Redirect("/dashboard/settings/apps");
    }

    private async Task<IActionResult> DoAndReturnAsync(IRequest<StorePosition?> command)
    {
        if (await TryAsync(command) is not null) return Redirect(Address);
        await OnGetAsync();
        return Page();
    }

    /// <returns>Null when it was refused: then <see cref="Problem"/> says why.</returns>
    private async Task<Done?> TryAsync(IRequest<StorePosition?> command)
    {
        try
        {
            return new Done(await DoAsync(command, ProjectionNames.Apps));
        }
        catch (DomainException refused)
        {
            Problem = refused.Message;
        }
        catch (ValidationException invalid)
        {
            Problem = string.Join(' ', invalid.Errors.Select(error => error.ErrorMessage));
        }

        return null;
    }

    private sealed record Done(bool IsNew);
}
