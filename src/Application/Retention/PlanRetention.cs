using EventEngine.Application.Apps;
using EventEngine.Application.Entries;
using EventEngine.Application.Organizations;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using EventEngine.Domain.Retention;
using MediatR;
using Microsoft.Extensions.Options;

namespace EventEngine.Application.Retention;

/// <summary>What is due now: first every closing, oldest first, then every deletion, oldest day first.</summary>
/// <param name="Day">Only this day; null: all.</param>
public sealed record PlanRetention(DateOnly? Day = null) : IRequest<IReadOnlyList<RetentionStep>>
{
    internal sealed class Handler(IMediator mediator, IOptions<EventEngineOptions> options, TimeProvider time)
        : IRequestHandler<PlanRetention, IReadOnlyList<RetentionStep>>
    {
        /// <summary>Streams of days deleted since then are looked for once more: their process may have died on the way.</summary>
        private static readonly TimeSpan Recently = TimeSpan.FromDays(2);

        public async Task<IReadOnlyList<RetentionStep>> Handle(PlanRetention query, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var days = await mediator.Send(new ListReceivedDays(now - Recently), ct);
            var apps = (await mediator.Send(new ListEveryApp(), ct)).ToDictionary(app => app.App);
            var plans = (await mediator.Send(new ListPlans(), ct)).ToDictionary(plan => plan.Organization);
            var steps = new List<RetentionStep>();
            foreach (var own in days.GroupBy(day => day.App))
            {
                if (apps.TryGetValue(own.Key, out var app) && plans.TryGetValue(app.Organization, out var plan))
                    steps.AddRange(StepsOf(app, plan, [.. own], now));
            }

            // The largest app last: when everybody else's rows of a day are gone, its own go with the whole partition.
            return
            [
                .. steps.Where(step => query.Day is null || step.Day == query.Day)
                    .OrderBy(step => step.Action).ThenBy(step => step.Day).ThenBy(step => step.Received),
            ];
        }

        private IEnumerable<RetentionStep> StepsOf(OwnedApp app, OrganizationPlan plan, IReadOnlyList<ReceivedDayRow> days, DateTimeOffset now)
        {
            var received = days.ToDictionary(day => day.Day, day => day.Received);
            var states = days.Select(day => new ReceivedDayState(day.Day, day.IsClosed, day.IsDeleted)).ToArray();
            var deleted = days.Where(day => day.IsDeleted).Select(day => Step(day.Day, RetentionAction.Delete) with { IsDeleted = true });
            var toClose = RetentionCalendar.ToClose(states, now).Select(day => Step(day, RetentionAction.Close));
            var toDelete = RetentionCalendar.ToDelete(states, options.Value.LimitsOf(plan.Plan).RetentionDays, now).Select(day => Step(day, RetentionAction.Delete));
            return [.. toClose, .. deleted, .. toDelete];

            RetentionStep Step(DateOnly day, RetentionAction action) => new(action, plan.Organization, plan.Slug, app.App, app.Name, day, received[day]);
        }
    }
}

public enum RetentionAction
{
    Close,
    Delete,
}

/// <param name="Slug">Of the organization.</param>
/// <param name="Received">Entries received on that day.</param>
public sealed record RetentionStep(RetentionAction Action, OrganizationId Organization, string Slug, AppId App, string AppName, DateOnly Day, long Received)
{
    /// <summary>It was deleted before; only whether its stream has really gone is looked at.</summary>
    public bool IsDeleted { get; init; }
}
