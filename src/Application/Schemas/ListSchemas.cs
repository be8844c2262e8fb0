using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using FluentValidation;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>The event names that an organization's apps define, emit or reported fingerprints of.</summary>
/// <param name="Limit">Null: all, for an export.</param>
/// <exception cref="NotFoundException">The organization has no such app to choose by.</exception>
public sealed record ListSchemas(OrganizationId Organization, SchemaCriteria? Criteria = null, string? Sort = null, string? Cursor = null, int? Limit = 50)
    : IRequest<Answer<SchemaPage>>
{
    public sealed class Validator : AbstractValidator<ListSchemas>
    {
        public Validator()
        {
            RuleFor(query => query.Limit ?? 1).IsPageSize();
            RuleFor(query => query.Criteria!.Q).SearchText("q").When(query => query.Criteria is not null);
            RuleFor(query => query.Sort).Must(sort => SchemaSort.Parse(sort) is not null).WithMessage($"sort is one of {SchemaSort.Words}, descending with a leading dash.");
            RuleFor(query => query.Cursor).Must((query, cursor) => cursor is null || SchemaSort.Parse(query.Sort)?.Read(cursor) is not null)
                .WithMessage("cursor is not one that we gave for this list.");
        }
    }

    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<ListSchemas, Answer<SchemaPage>>
    {
        public async Task<Answer<SchemaPage>> Handle(ListSchemas query, CancellationToken ct)
        {
            var apps = (await mediator.Send(new ListAppNames(query.Organization), ct)).Value.ToDictionary(app => app.App);
            if (query.Criteria?.App is { } wantedApp && !apps.ContainsKey(wantedApp)) throw new NotFoundException("app");
            // Thirty days of every app and name: added up once a minute at most.
            var volumes = (await mediator.Send(new ListEventVolumes(query.Organization, MayBeRecent: true), ct)).Value;
            var catalog = await readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Schemas, (db, own) => Catalog.ReadAsync(db, own), ct);
            var rows = catalog.Value.Names.Select(name => new CatalogName(name, catalog.Value, apps, volumes)).Where(name => name.IsKnown).Select(name => name.Describe());
            var wanted = rows.Where(row => query.Criteria?.Keeps(row, apps) != false).ToArray();
            return new Answer<SchemaPage>(Cut(query, wanted), catalog.AsOf);
        }

        private static SchemaPage Cut(ListSchemas query, SchemaRow[] wanted)
        {
            var sort = SchemaSort.Parse(query.Sort)!;
            var after = query.Cursor is { } cursor ? sort.Read(cursor) : null;
            var rest = sort.Order(wanted).Where(row => after is null || sort.IsAfter(row, after));
            var page = query.Limit is { } limit ? Page.Of([.. rest.Take(limit + 1)], limit, sort.CursorAt) : new Page<SchemaRow>([.. rest], null);
            return new SchemaPage(page, wanted.Length);
        }
    }
}

/// <param name="Count">Of all that match.</param>
public sealed record SchemaPage(Page<SchemaRow> Schemas, int Count);

/// <param name="Q">Part of the name.</param>
/// <param name="Warning">A code, or "any".</param>
public sealed record SchemaCriteria(string? Q = null, AppId? App = null, string? Environment = null, SchemaState? Verdict = null, string? Warning = null)
{
    internal bool Keeps(SchemaRow row, IReadOnlyDictionary<AppId, AppName> apps) =>
        (Q is null || row.EventName.Contains(Q, StringComparison.OrdinalIgnoreCase))
        && (App is null || row.Apps.Contains(App.Value))
        && (Environment is null || row.Apps.Any(app => apps[app].Environment == Environment))
        && (Verdict is null || row.Verdict == Verdict)
        && (Warning is null || row.Warnings.Any(warning => Warning.Equals("any", StringComparison.OrdinalIgnoreCase) || warning.Code.Equals(Warning, StringComparison.OrdinalIgnoreCase)));
}
