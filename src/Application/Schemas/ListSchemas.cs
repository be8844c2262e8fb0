using EventEngine.Application.Entries;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>The event names that an organization's apps have reported schemas of, by name.</summary>
public sealed record ListSchemas(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<SchemaRow>>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<ListSchemas, Answer<IReadOnlyList<SchemaRow>>>
    {
        public async Task<Answer<IReadOnlyList<SchemaRow>>> Handle(ListSchemas query, CancellationToken ct)
        {
            var schemas = await readModels.ForAppsOfAsync(
                query.Organization, ProjectionNames.Schemas, (db, apps) => SchemaFingerprints.ReadAsync(db, apps), ct);
            var emitted = schemas.Value.SelectMany(schema => schema.Apps, (schema, app) => (app, schema.EventName)).ToArray();
            var versions = (await mediator.Send(new ListEventVersions(query.Organization, emitted), ct)).Value;
            return new Answer<IReadOnlyList<SchemaRow>>([.. schemas.Value.Select(schema => schema.With(versions))], schemas.AsOf);
        }
    }
}

/// <param name="Versions">Versions of the event among its latest traffic, ascending.</param>
/// <param name="Definitions">Null: reporters send fingerprints only.</param>
public record SchemaRow(
    string EventName,
    IReadOnlyList<int> Versions,
    IReadOnlyList<SchemaFingerprint> Fingerprints,
    IReadOnlyList<AppId> Apps,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastChangedAt,
    IReadOnlyList<string>? Definitions = null)
{
    internal SchemaRow With(ILookup<string, int> versions) => this with { Versions = [.. versions[EventName]] };
}

public sealed record SchemaFingerprint(AppId App, string Fingerprint, DateTimeOffset FirstSeenAt);
