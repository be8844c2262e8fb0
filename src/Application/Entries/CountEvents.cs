using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>How many events meet the criteria; counting stops at 10,000.</summary>
public sealed record CountEvents(OrganizationId Organization, AppId App, EventCriteria Criteria) : IRequest<Answer<EventCount>>;

/// <param name="IsExact">False: at least that many.</param>
public sealed record EventCount(long Count, bool IsExact);
