using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>What validation turned down, latest first.</summary>
public sealed record ListRejectedEntries(OrganizationId Organization, AppId App, string? Cursor = null, int Limit = 50)
    : IRequest<Answer<Page<RejectedEntry>>>;

/// <param name="Index">Place in its batch, from 0.</param>
public sealed record RejectedEntry(DateTimeOffset ReceivedAt, int Index, string Reason, string? EventId, string? EventName);
