using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Billing;
using EventEngine.Domain.Organizations;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Billing;

/// <summary>What an organization has used of its plan in this month (UTC), and in the eleven before it.</summary>
public sealed record GetUsage(OrganizationId Organization) : IRequest<Answer<Usage>>
{
    internal sealed class Handler(IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time) : IRequestHandler<GetUsage, Answer<Usage>>
    {
        private const int PastMonths = 11;

        public async Task<Answer<Usage>> Handle(GetUsage query, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var month = Month.Of(now);
            var plan = (await mediator.Send(new GetOrganization(query.Organization), ct)).Value.Plan;
            var names = (await mediator.Send(new ListAppNames(query.Organization), ct)).Value;
            var days = await mediator.Send(new ListUsageDays(query.Organization, month.FirstDay.AddMonths(-PastMonths), month.NextFirstDay), ct);
            var ours = days.Value.Where(day => day.Day >= month.FirstDay).ToArray();
            var usage = new Usage(
                plan,
                month.FirstDay,
                ours.Sum(day => day.Events),
                options.Value.LimitsOf(plan).EventsPerMonth,
                UsageForecast.Of(days.Value.GroupBy(day => day.Day).ToDictionary(day => day.Key, day => day.Sum(app => app.Events)), now),
                ByApp(names, ours),
                ByMonth(days.Value, month));
            return new Answer<Usage>(usage, days.AsOf);
        }

        private static IReadOnlyList<AppUsage> ByApp(IReadOnlyList<AppName> names, UsageDay[] days)
        {
            var used = days.GroupBy(day => day.App).ToDictionary(app => app.Key, app => app.Sum(day => day.Events));
            var known = names.Select(app => new AppUsage(app.App, app.Name, app.Environment, used.GetValueOrDefault(app.App))).OrderByDescending(app => app.Used);
            var deleted = used.Where(app => names.All(name => name.App != app.Key)).Sum(app => app.Value);
            return deleted == 0 ? [.. known] : [.. known, new AppUsage(null, "Deleted apps", null, deleted)];
        }

        private static IReadOnlyList<MonthOfUse> ByMonth(IReadOnlyList<UsageDay> days, Month current) =>
        [
            .. from day in days
               where day.Day < current.FirstDay
               group day by new DateOnly(day.Day.Year, day.Day.Month, 1) into month
               orderby month.Key descending
               select new MonthOfUse(month.Key, month.Sum(day => day.Events)),
        ];
    }
}

/// <param name="Month">Its first day (UTC).</param>
/// <param name="Used">Distinct events first received in it.</param>
/// <param name="Limit">Null: no limit.</param>
/// <param name="Forecast">What the month will end with, if it goes on as in the last seven days; null: too early to say.</param>
public sealed record Usage(
    Plan Plan, DateOnly Month, long Used, long? Limit, long? Forecast, IReadOnlyList<AppUsage> Apps, IReadOnlyList<MonthOfUse> PastMonths);

/// <param name="Id">Null: apps that were deleted, together.</param>
public sealed record AppUsage(AppId? Id, string Name, string? Environment, long Used);
