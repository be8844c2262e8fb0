using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Search;

/// <summary>The top bar: apps by a part of their name, event names by their beginning, events by their whole id. At most 8 of each.</summary>
public sealed record SearchOrganization(OrganizationId Organization, string Text) : IRequest<Answer<SearchHits>>;

public sealed record SearchHits(IReadOnlyList<AppHit> Apps, IReadOnlyList<EventNameHit> EventNames, IReadOnlyList<EventHit> Events);

public sealed record AppHit(AppId App, string Name, string Environment);

public sealed record EventNameHit(AppId App, string AppName, string EventName);

public sealed record EventHit(AppId App, string AppName, string EventId, string EventName);
