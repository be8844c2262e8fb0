using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>An app's events of all time by current status, and whether every entry it sent is accounted for.</summary>
public sealed record GetAppSummary(OrganizationId Organization, AppId App) : IRequest<Answer<AppSummary>>;

/// <param name="AvgLatencyMs">Mean publish latency of all time; null before the first published event.</param>
public sealed record AppSummary(EventTotals Totals, double? AvgLatencyMs, Ledger Ledger);

/// <summary>Distinct events by current status; pending are those only emitted so far.</summary>
public sealed record EventTotals(long Events, long Pending, long Published, long DeadLettered);
