using EventEngine.Application.Apps;
using EventEngine.Application.Schemas;
using EventEngine.Domain.Apps;
using EventEngine.Web.Api;
using EventEngine.Web.Pages.Shared;
using EventEngine.Web.Shared;
using MediatR;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace EventEngine.Web.Pages.Schemas;

/// <summary>Every event name across the apps.</summary>
public sealed class SchemasModel(IMediator mediator, Viewer viewer) : DashboardPage(mediator, viewer)
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? App { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Environment { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Verdict { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Warning { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public SchemaPage Found { get; private set; } = null!;

    public IReadOnlyList<AppName> Apps { get; private set; } = [];

    public bool IsFiltered => new[] { Q, App, Environment, Verdict, Warning }.Any(filter => !string.IsNullOrWhiteSpace(filter));

    public string Origin => PublicOrigin.Of(HttpContext);

    public async Task OnGetAsync()
    {
        Apps = await AskAsync(new ListAppNames(Viewer.Organization));
        Found = await AskAsync(new ListSchemas(Viewer.Organization, Criteria(), Blank(Sort), Blank(Cursor)));
    }

    public async Task<IActionResult> OnGetCsvAsync() =>
        File(SchemaExport.Csv(await AllAsync(), await AskAsync(new ListAppNames(Viewer.Organization))), "text/csv", "schemas.csv");

    public async Task<IActionResult> OnGetJsonAsync() => File(SchemaExport.Json(await AllAsync()), "application/json", "schemas.json");

    public AppName AppOf(AppId id) => Apps.FirstOrDefault(app => app.App == id) ?? new AppName(id, "an app", "");

    /// <summary>This list with another parameter; without <paramref name="value"/> without it. A new order starts at the first page.</summary>
    public string With(string parameter, string? value)
    {
        var others = Request.Query.Where(pair => pair.Key != parameter && (pair.Key != "cursor" || parameter == "cursor"));
        var query = new QueryBuilder(others.SelectMany(pair => pair.Value.OfType<string>().Select(one => KeyValuePair.Create(pair.Key, one))));
        if (value is not null) query.Add(parameter, value);
        return Request.Path + query.ToQueryString();
    }

    private async Task<IReadOnlyList<SchemaRow>> AllAsync() =>
        (await AskAsync(new ListSchemas(Viewer.Organization, Criteria(), Blank(Sort), Limit: null))).Schemas.Items;

    private SchemaCriteria Criteria() => new(
        Blank(Q), Blank(App) is { } app ? Caller.App(app) : null, Blank(Environment), SchemaWords.Verdict(Blank(Verdict)), Blank(Warning));

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
