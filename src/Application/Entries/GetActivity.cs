using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Every app of an organization at a glance: the minutes up to now, and sums since <paramref name="Since"/>.</summary>
/// <param name="Minutes">1 to 180.</param>
public sealed record GetActivity(OrganizationId Organization, DateTimeOffset Since, int Minutes = 60) : IRequest<Answer<Activity>>;

/// <param name="Apps">Apps that reported anything in the time asked for.</param>
public sealed record Activity(IReadOnlyDictionary<AppId, AppActivity> Apps, ActivityTotals Totals);

/// <param name="EventsPerMinute">Distinct events by own time, one number a minute, oldest first; the last minute is not over yet.</param>
/// <param name="DeadLettersPerMinute">The same of dead-lettered transitions.</param>
public sealed record AppActivity(IReadOnlyList<long> EventsPerMinute, IReadOnlyList<long> DeadLettersPerMinute, ActivityTotals Totals);

/// <param name="Events">Distinct events since then; latencies are null without a published event.</param>
public sealed record ActivityTotals(long Events, long DeadLettered, double? AvgLatencyMs, double? P95LatencyMs, Ledger Ledger);
