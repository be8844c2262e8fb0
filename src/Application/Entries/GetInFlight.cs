using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Per app of an organization, what was emitted and has neither been published nor died. Apps without any are left out.</summary>
public sealed record GetInFlight(OrganizationId Organization, TimeSpan OlderThan) : IRequest<Answer<IReadOnlyDictionary<AppId, InFlight>>>;

/// <param name="Overdue">Older than asked for; counting stops at 1,000.</param>
public sealed record InFlight(DateTimeOffset OldestAt, int Overdue);
