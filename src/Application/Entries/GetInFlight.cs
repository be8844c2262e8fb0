using EventEngine.Application.Apps;
using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Per app of an organization, what was emitted and has neither been published nor died. Apps without any are left out.</summary>
public sealed record GetInFlight(OrganizationId Organization) : IRequest<Answer<IReadOnlyDictionary<AppId, InFlight>>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator) : IRequestHandler<GetInFlight, Answer<IReadOnlyDictionary<AppId, InFlight>>>
    {
        private const string Sql = $"""
            select app, oldest.at as oldest_at
            from unnest(@apps) as apps (app), lateral (
                select at from {Retained.Events} where app_id = app and status = 0 order by at, event_id desc limit 1) as oldest
            """;

        public async Task<Answer<IReadOnlyDictionary<AppId, InFlight>>> Handle(GetInFlight query, CancellationToken ct)
        {
            var limits = (await mediator.Send(new ListInFlightLimits(query.Organization), ct)).Value;
            return await readModels.ForAppsOfAsync<IReadOnlyDictionary<AppId, InFlight>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var rows = await db.ListAsync<Row>(Sql, new { apps });
                return rows.ToDictionary(row => new AppId(row.App), row => new InFlight(row.OldestAt, InFlightLimit.Of(new AppId(row.App), limits)));
            }, ct);
        }

        private sealed record Row(Guid App, DateTimeOffset OldestAt);
    }
}

/// <param name="Limit">After which an event of the app is overdue.</param>
public sealed record InFlight(DateTimeOffset OldestAt, TimeSpan Limit);

internal static class InFlightLimit
{
    /// <summary>An app that was registered this moment may not be known here yet.</summary>
    public static TimeSpan Of(AppId app, IReadOnlyDictionary<AppId, TimeSpan> limits) => limits.GetValueOrDefault(app, TimeSpan.FromMinutes(App.UsualInFlightMinutes));
}
