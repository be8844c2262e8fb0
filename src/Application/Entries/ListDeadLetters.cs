using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Events that are dead-lettered now, latest death first. The range is over the time of death.</summary>
/// <param name="Attempts">At least that many.</param>
/// <param name="Q">Beginning of the event id, or a part of the error's message.</param>
public sealed record ListDeadLetters(
    OrganizationId Organization,
    AppId App,
    string? ErrorClass = null,
    string? Q = null,
    int? Attempts = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Cursor = null,
    int Limit = 50) : IRequest<Answer<Page<DeadLetter>>>;

public sealed record DeadLetter(
    string EventId, string EventName, string? ErrorMessage, string? ErrorClass, int? Attempts, DateTimeOffset DeadLetteredAt);
