using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.People;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Organizations;

/// <summary>Who belongs to the organization, and who was asked to.</summary>
public sealed class PeopleModel(IMediator mediator, Viewer viewer, MailOrigin mailOrigin) : SettingsPage(mediator, viewer)
{
    private const string Address = "/dashboard/settings/people";

    public IReadOnlyList<Member> Members { get; private set; } = [];

    /// <summary>Shown to those who may manage people only.</summary>
    public IReadOnlyList<OpenInvitation> Invitations { get; private set; } = [];

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Role Role { get; set; } = Role.Member;

    /// <summary>Only owners decide about owners.</summary>
    public IEnumerable<Role> Roles => Enum.GetValues<Role>().Where(role => role != Role.Owner || Viewer.Role == Role.Owner);

    public override async Task OnGetAsync()
    {
        Members = await AskAsync(new ListMembers(Viewer.Organization));
        if (Viewer.Can(Permission.ManagePeople)) Invitations = await AskAsync(new ListInvitations(Viewer.Organization));
    }

    public Task<IActionResult> OnPostInviteAsync() => DoAsync(new InviteMember(Viewer.Actor, Email?.Trim() ?? "", Role, mailOrigin.Of(HttpContext)));

    public Task<IActionResult> OnPostResendAsync(Guid invitation) => DoAsync(new ResendInvitation(Viewer.Actor, invitation, mailOrigin.Of(HttpContext)));

    public Task<IActionResult> OnPostRevokeAsync(Guid invitation) => DoAsync(new RevokeInvitation(Viewer.Actor, invitation));

    public Task<IActionResult> OnPostRoleAsync(Guid person) => DoAsync(new ChangeRole(Viewer.Actor, person, Role));

    public Task<IActionResult> OnPostRemoveAsync(Guid person) =>
        DoAndGoAsync(new RemoveMember(Viewer.Actor, person), person == Viewer.Actor.PersonId ? "/dashboard" : Address, ProjectionNames.Organizations);

    public bool IsSelf(Member member) => member.PersonId == Viewer.Actor.PersonId;

    /// <summary>What it takes to decide about somebody of this role.</summary>
    public static Permission Over(Role role) => role == Role.Owner ? Permission.ManageOrganization : Permission.ManagePeople;

    private Task<IActionResult> DoAsync(IRequest<Application.EventStore.StorePosition?> command) => DoAndGoAsync(command, Address, ProjectionNames.Organizations);
}
