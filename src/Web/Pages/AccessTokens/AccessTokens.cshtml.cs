using EventEngine.Application.AccessTokens;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.AccessTokens;

/// <summary>What programs may ask of the API in the organization's name.</summary>
[Needs(Permission.ManageTokens)]
public sealed class AccessTokensModel(IMediator mediator, Viewer viewer) : SettingsPage(mediator, viewer)
{
    private const string Address = "/dashboard/settings/tokens";
    private readonly IMediator _mediator = mediator;

    public IReadOnlyList<AccessTokenRow> Tokens { get; private set; } = [];

    /// <summary>Shown in this one answer, and never again.</summary>
    public AccessSecret? NewToken { get; private set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public IList<Permission> Scopes { get; set; } = [Permission.Read];

    /// <summary>Days until it ends; 0: never.</summary>
    [BindProperty]
    public int Days { get; set; } = 90;

    public static IReadOnlyList<int> Lifetimes { get; } = [7, 30, 90, 365, 0];

    public override async Task OnGetAsync() => Tokens = await _mediator.Send(new ListAccessTokens(Viewer.Actor), HttpContext.RequestAborted);

    /// <summary>Answers with the token itself: nothing could show it after a redirect without keeping it.</summary>
    /// <param name="token">Drawn with the form, so that sending it again issues nothing.</param>
    public async Task<IActionResult> OnPostIssueAsync(Guid token)
    {
        var secret = AccessSecret.Create();
        var expiresAt = Days > 0 && Lifetimes.Contains(Days) ? Viewer.Now.AddDays(Days) : (DateTimeOffset?)null;
        var command = new IssueAccessToken(Viewer.Actor, token, Name ?? "", secret, [.. Scopes], expiresAt);
        if (await TryAsync(async () => NewToken = await DoAsync(command) ? secret : null)) Name = null;
        return await ShowAsync();
    }

    public Task<IActionResult> OnPostRevokeAsync(Guid token) => DoAndGoAsync(new RevokeAccessToken(Viewer.Actor, token), Address);

    public static string Lifetime(int days) => days switch { 0 => "never", 7 => "in a week", 365 => "in a year", _ => $"in {days} days" };
}
