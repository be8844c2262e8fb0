using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>The ledger of one app, hour by hour of receipt. <paramref name="From"/> is widened to its hour; by default the last 24 hours.</summary>
public sealed record GetLedger(OrganizationId Organization, AppId App, DateTimeOffset? From = null, DateTimeOffset? To = null)
    : IRequest<Answer<LedgerHours>>;

/// <summary>Hours without a receipt are left out.</summary>
public sealed record LedgerHours(Ledger Total, IReadOnlyList<LedgerHour> Hours);

public sealed record LedgerHour(DateTimeOffset At, Ledger Ledger);
