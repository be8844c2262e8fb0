using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>The event names that an organization's apps have reported schemas of, by name.</summary>
public sealed record ListSchemas(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<SchemaRow>>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<ListSchemas, Answer<IReadOnlyList<SchemaRow>>>
    {
        public Task<Answer<IReadOnlyList<SchemaRow>>> Handle(ListSchemas query, CancellationToken ct) =>
            readModels.ForAppsOfAsync(query.Organization, ProjectionNames.Schemas, (db, apps) => SchemaFingerprints.ReadAsync(db, apps), ct);
    }
}

/// <param name="Versions">Versions of the event among its latest traffic, ascending; only told where one event name is asked for.</param>
/// <param name="Definitions">Null: reporters send fingerprints only.</param>
public record SchemaRow(
    string EventName,
    IReadOnlyList<int>? Versions,
    IReadOnlyList<SchemaFingerprint> Fingerprints,
    IReadOnlyList<AppId> Apps,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastChangedAt,
    IReadOnlyList<string>? Definitions = null);

public sealed record SchemaFingerprint(AppId App, string Fingerprint, DateTimeOffset FirstSeenAt);
