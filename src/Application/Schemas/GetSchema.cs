using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>What is known of one event name across an organization.</summary>
/// <exception cref="NotFoundException">No app of the organization reported a schema of that name.</exception>
public sealed record GetSchema(OrganizationId Organization, string EventName) : IRequest<Answer<SchemaRow>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<GetSchema, Answer<SchemaRow>>
    {
        public async Task<Answer<SchemaRow>> Handle(GetSchema query, CancellationToken ct)
        {
            if (!StorableText.CanBeStored(query.EventName)) throw new NotFoundException("schema");
            var found = await readModels.ForAppsOfAsync(
                query.Organization, ProjectionNames.Schemas, (db, apps) => SchemaFingerprints.ReadAsync(db, apps, query.EventName), ct);
            if (found.Value is not [var schema]) throw new NotFoundException("schema");
            var versions = await mediator.Send(new ListEventVersions(query.Organization, [.. schema.Apps.Select(app => (app, schema.EventName))]), ct);
            return new Answer<SchemaRow>(schema.With(versions.Value), found.AsOf);
        }
    }
}
