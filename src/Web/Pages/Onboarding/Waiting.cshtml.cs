using System.Security.Cryptography;
using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Ingestion;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Shared;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Onboarding;

/// <summary>An app's key, once; the line to add; and what arrives of it, or why nothing does, as it happens.</summary>
public sealed class WaitingModel(IMediator mediator, Viewer viewer) : AppPage(mediator, viewer)
{
    private const int MostTroubles = 8;
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(10);

    public string? NewKey { get; private set; }

    public string? Problem { get; private set; }

    public EventRow? First { get; private set; }

    public IReadOnlyList<Trouble> Troubles { get; private set; } = [];

    public Snippets Snippets => new(PublicOrigin.Of(HttpContext), NewKey, Viewer.Now);

    /// <summary>From its receipt until this answer; null when it came long before anybody looked.</summary>
    public TimeSpan? Took => First is not null && Viewer.Now - First.ReportedAt is var took && took < JustNow && took > TimeSpan.Zero ? took : null;

    public static string NewKeyOf(AppId app) => $"new-key:{app}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!Viewer.HasOrganization) return LocalRedirect("/onboarding");
        await LoadAsync();
        if (!Request.IsLive()) NewKey = TempData[NewKeyOf(App.Id)] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostKeyAsync()
    {
        if (!Viewer.HasOrganization) return LocalRedirect("/onboarding");
        await LoadAsync();
        var key = ApiKey.From(RandomNumberGenerator.GetBytes(ApiKey.RandomBytes));
        try
        {
            await DoAsync(new IssueApiKey(Viewer.Actor, Guid.NewGuid(), App.Id, key), ProjectionNames.Apps);
        }
        catch (DomainException error)
        {
            Problem = error.Message;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        TempData[NewKeyOf(App.Id)] = key.Secret;
        return LocalRedirect($"/onboarding/apps/{App.Id}");
    }

    private async Task LoadAsync()
    {
        await LoadAppAsync();
        var first = await AskAsync(new ListEvents(Viewer.Organization, App.Id, new EventCriteria(), Sort: "reported_at", Limit: 1));
        First = first.Items.Count > 0 ? first.Items[0] : null;
        var refused = await AskAsync(new ListRefusedRequests(Viewer.Organization, App.Id));
        var rejected = await AskAsync(new ListRejectedEntries(Viewer.Organization, App.Id, Limit: MostTroubles));
        var turnedAway = First is null ? refused.Select(Trouble.Of) : []; // whatever was wrong with the key is right now
        Troubles = [.. turnedAway.Concat(rejected.Items.Select(Trouble.Of)).OrderByDescending(trouble => trouble.At).Take(MostTroubles)];
    }
}
