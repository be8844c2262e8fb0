using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Schemas;

/// <summary>The event names that an organization's apps have reported schemas of, by name.</summary>
public sealed record ListSchemas(OrganizationId Organization) : IRequest<Answer<IReadOnlyList<SchemaRow>>>;

/// <param name="Versions">Versions of the event that were seen in traffic, ascending.</param>
/// <param name="Definition">Null: reporters send fingerprints only.</param>
public sealed record SchemaRow(
    string EventName,
    IReadOnlyList<int> Versions,
    IReadOnlyList<SchemaFingerprint> Fingerprints,
    IReadOnlyList<AppId> Apps,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastChangedAt,
    string? Definition = null);

public sealed record SchemaFingerprint(AppId App, string Fingerprint, DateTimeOffset FirstSeenAt);
