using EventEngine.Application.Audit;
using EventEngine.Domain.Organizations;
using EventEngine.Web.Pages.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Audit;

/// <summary>Who did what in the organization, and when; also as a file.</summary>
[Needs(Permission.ReadAudit)]
public sealed class AuditModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    private readonly IMediator _mediator = mediator;

    [BindProperty(SupportsGet = true, Name = "person")]
    public Guid? Person { get; set; }

    [BindProperty(SupportsGet = true, Name = "kind")]
    public AuditKind? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "cursor")]
    public string? Cursor { get; set; }

    public AuditPage Found { get; private set; } = null!;

    public bool IsFiltered => Person is not null || Kind is not null || From is not null || To is not null;

    public async Task OnGetAsync() => Found = await FindAsync(Cursor, ListAudit.PageSize);

    public async Task<IActionResult> OnGetCsvAsync() => File(AuditExport.Csv((await FindAsync(cursor: null, limit: null)).Entries.Items), "text/csv", "audit.csv");

    public async Task<IActionResult> OnGetJsonAsync() =>
        File(AuditExport.Json((await FindAsync(cursor: null, limit: null)).Entries.Items), "application/json", "audit.json");

    /// <summary>This page with its filters, and with a cursor or for a file.</summary>
    public string Address(string? cursor = null, string? handler = null)
    {
        (string Name, string? Value)[] parts = [("handler", handler), ("person", Person?.ToString("N")), ("kind", Kind?.ToString()), ("from", From), ("to", To), ("cursor", cursor)];
        return "/dashboard/settings/audit?" + string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private Task<AuditPage> FindAsync(string? cursor, int? limit) =>
        _mediator.Send(new ListAudit(Viewer.Actor, Person, Kind, Viewer.ReadTime(From), Viewer.ReadTime(To), cursor, limit), HttpContext.RequestAborted);
}
