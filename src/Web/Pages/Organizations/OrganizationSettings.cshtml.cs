using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Organizations;

/// <summary>The organization's name, and how to hand it over or leave it.</summary>
public sealed class OrganizationSettingsModel(IMediator mediator, Viewer viewer) : SettingsPage(mediator, viewer)
{
    private const string Address = "/dashboard/settings/organization";

    public OrganizationDetail Organization { get; private set; } = null!;

    /// <summary>Whom it can be handed to.</summary>
    public IReadOnlyList<Member> Others { get; private set; } = [];

    public override async Task OnGetAsync()
    {
        Organization = await AskAsync(new GetOrganization(Viewer.Organization));
        Others = [.. (await AskAsync(new ListMembers(Viewer.Organization))).Where(member => member.PersonId != Viewer.Actor.PersonId)];
    }

    public Task<IActionResult> OnPostRenameAsync(string? name) =>
        DoAndGoAsync(new RenameOrganization(Viewer.Actor, name ?? ""), Address, ProjectionNames.Organizations);

    public Task<IActionResult> OnPostTransferAsync(Guid person) =>
        DoAndGoAsync(new TransferOwnership(Viewer.Actor, person), Address, ProjectionNames.Organizations);

    public Task<IActionResult> OnPostLeaveAsync() => DoAndGoAsync(new LeaveOrganization(Viewer.Actor), "/dashboard", ProjectionNames.Organizations);
}
