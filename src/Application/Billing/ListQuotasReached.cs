using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Billing;

/// <summary>The organizations that should have been warned of their use by now, across tenants.</summary>
public sealed record ListQuotasReached : IRequest<IReadOnlyList<QuotaReached>>
{
    internal sealed class Handler(IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<ListQuotasReached, IReadOnlyList<QuotaReached>>
    {
        public async Task<IReadOnlyList<QuotaReached>> Handle(ListQuotasReached query, CancellationToken ct)
        {
            var month = Month.Of(time.GetUtcNow());
            var used = await mediator.Send(new ListUseByApp(month.FirstDay, month.NextFirstDay), ct);
            var owners = await mediator.Send(new FindOwners([.. used.Keys]), ct);
            var sums = used.Where(app => owners.ContainsKey(app.Key)).GroupBy(app => owners[app.Key]).ToDictionary(app => app.Key, app => app.Sum(each => each.Value));
            var plans = await mediator.Send(new FindPlans(sums.Keys), ct);
            return
            [
                .. from sum in sums
                   where plans.ContainsKey(sum.Key)
                   let plan = plans[sum.Key]
                   let limit = options.Value.LimitsOf(plan).EventsPerMonth
                   where limit is not null && QuotaWarnings.Reached(sum.Value, limit.Value) is not null
                   select new QuotaReached(sum.Key, plan, month, sum.Value, limit.Value),
            ];
        }
    }
}

public sealed record QuotaReached(OrganizationId Organization, Plan Plan, Month Month, long Used, long Limit);
