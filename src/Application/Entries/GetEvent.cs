using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Entries;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>One event with every transition that was reported of it.</summary>
/// <exception cref="NotFoundException">The app has no such event.</exception>
public sealed record GetEvent(OrganizationId Organization, AppId App, string EventId) : IRequest<Answer<EventDetail>>;

/// <param name="ErrorMessageLength">Length in characters before the message was cut to 16 KiB.</param>
public sealed record EventDetail(EventRow Event, int? ErrorMessageLength, IReadOnlyList<EventTransition> Transitions);

/// <summary>One reported transition, oldest first.</summary>
public sealed record EventTransition(EntryStatus Status, DateTimeOffset At, int? Attempts);
