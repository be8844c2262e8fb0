using EventEngine.Application.Apps;
using EventEngine.Application.Schemas;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Schemas;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Schemas;

/// <summary>One event name: what it is, who emits it, what changed, and what its changes are held to.</summary>
public sealed class SchemaModel(IMediator mediator, Viewer viewer) : SettingsPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true, Name = "event_name")]
    public string Name { get; set; } = "";

    /// <summary>Versions to compare; without them the newest and the one before it.</summary>
    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? To { get; set; }

    /// <summary>Whose definitions are compared; without it of each version the one that was reported last.</summary>
    [BindProperty(SupportsGet = true, Name = "app")]
    public string? ComparedApp { get; set; }

    public SchemaDetail Detail { get; private set; } = null!;

    public SchemaRow Schema => Detail.Schema;

    /// <summary>Null: nothing is defined that could be compared.</summary>
    public SchemaComparison? Comparison { get; private set; }

    /// <summary>That can be compared, newest first.</summary>
    public IReadOnlyList<int> Versions { get; private set; } = [];

    public IReadOnlyList<AppName> Apps { get; private set; } = [];

    public DefinedVersion? Current => Schema.Definitions.OrderByDescending(each => each.EventVersion).ThenByDescending(each => each.ReportedAt).FirstOrDefault();

    public string EventName => Name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public string Address => $"/dashboard/schemas/{Uri.EscapeDataString(EventName)}";

    public string Origin => PublicOrigin.Of(HttpContext);

    public override async Task OnGetAsync()
    {
        Apps = await AskAsync(new ListAppNames(Viewer.Organization));
        Detail = await AskAsync(new GetSchema(Viewer.Organization, EventName, Request.IsLive()));
        AppId? app = AppId.TryParse(ComparedApp, out var chosen) && Schema.Definitions.Any(each => each.App == chosen) ? chosen : null;
        Versions = [.. Schema.Definitions.Where(each => app is null || each.App == app).Select(each => each.EventVersion).Distinct().OrderDescending()];
        if (Versions.Count == 0) return;
        To = To is { } to && Versions.Contains(to) ? to : Versions[0];
        From = From is { } from && Versions.Contains(from) ? from : Versions.FirstOrDefault(version => version < To, To.Value);
        Comparison = await AskAsync(new GetSchemaDiff(Viewer.Organization, EventName, From.Value, To.Value, app));
    }

    /// <param name="scope">"app": of all its events that have no mode of their own.</param>
    /// <param name="mode">Empty: none of its own any more.</param>
    public Task<IActionResult> OnPostModeAsync(string? app, string? scope, string? mode)
    {
        if (!AppId.TryParse(app, out var id)) throw new NotFoundException("app");
        CompatibilityMode? wanted = Enum.TryParse<CompatibilityMode>(mode, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        return DoAndGoAsync(new ChangeCompatibilityMode(Viewer.Actor, id, scope == "app" ? null : EventName, wanted), $"{Address}#mode", ProjectionNames.Schemas);
    }

    public AppName AppOf(AppId id) => Apps.FirstOrDefault(app => app.App == id) ?? new AppName(id, "an app", "");

    /// <summary>Of the latest events of an app, 0 to 1; null when there are none, or none of that version.</summary>
    public double? Share(VersionEmitter emitter)
    {
        var all = Detail.Latest.Where(count => count.App == emitter.App).Sum(count => count.Events);
        return all == 0 ? null : (double)Detail.Latest.Where(count => count.App == emitter.App && count.EventVersion == emitter.EventVersion).Sum(count => count.Events) / all;
    }
}
