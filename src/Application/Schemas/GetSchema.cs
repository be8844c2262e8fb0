using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>Everything that is known of one event name across an organization.</summary>
/// <param name="IsRefresh">Of a page that was shown a moment ago: its volumes may be a minute old.</param>
/// <exception cref="NotFoundException">No app of the organization ever spoke of that name.</exception>
public sealed record GetSchema(OrganizationId Organization, string EventName, bool IsRefresh = false) : IRequest<Answer<SchemaDetail>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<GetSchema, Answer<SchemaDetail>>
    {
        public async Task<Answer<SchemaDetail>> Handle(GetSchema query, CancellationToken ct)
        {
            if (!StorableText.CanBeStored(query.EventName)) throw new NotFoundException("schema");
            var apps = (await mediator.Send(new ListAppNames(query.Organization), ct)).Value.ToDictionary(app => app.App);
            var volumes = (await mediator.Send(new ListEventVolumes(query.Organization, query.EventName, query.IsRefresh), ct)).Value;
            var counts = (await mediator.Send(new CountVersions(query.Organization, query.EventName), ct)).Value;
            return await readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Schemas, async (db, own) =>
            {
                var catalog = await Catalog.ReadAsync(db, own, query.EventName);
                var name = new CatalogName(query.EventName, catalog, apps, volumes);
                if (!name.IsKnown) throw new NotFoundException("schema");
                var history = await SchemaHistory.ReadAsync(db, own, query.EventName, catalog, apps);
                return new SchemaDetail(name.Describe(), name.Verdicts(), [.. counts.Where(count => apps.ContainsKey(count.App))], history);
            }, ct);
        }
    }
}

/// <param name="Verdicts">Of the newest version, by app that defines it.</param>
/// <param name="Latest">Which versions the latest events of each app have.</param>
/// <param name="History">Newest first.</param>
public sealed record SchemaDetail(
    SchemaRow Schema, IReadOnlyList<AppVerdict> Verdicts, IReadOnlyList<VersionCount> Latest, IReadOnlyList<SchemaHappening> History);
