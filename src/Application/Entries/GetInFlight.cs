using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Entries;

/// <summary>Per app of an organization, what was emitted and has neither been published nor died. Apps without any are left out.</summary>
public sealed record GetInFlight(OrganizationId Organization, TimeSpan OlderThan) : IRequest<Answer<IReadOnlyDictionary<AppId, InFlight>>>
{
    internal sealed class Handler(ReadModels readModels, TimeProvider time)
        : IRequestHandler<GetInFlight, Answer<IReadOnlyDictionary<AppId, InFlight>>>
    {
        private const string Sql = $"""
            select app, oldest.at as oldest_at,
                   (select count(*)::int from (
                       select 1 from {Retained.Events} where app_id = app and status = 0 and at < @before limit 1000) late) as overdue
            from unnest(@apps) as apps (app), lateral (
                select at from {Retained.Events} where app_id = app and status = 0 order by at, event_id desc limit 1) as oldest
            """;

        public Task<Answer<IReadOnlyDictionary<AppId, InFlight>>> Handle(GetInFlight query, CancellationToken ct) =>
            readModels.ForAppsOfAsync<IReadOnlyDictionary<AppId, InFlight>>(query.Organization, ProjectionNames.Entries, async (db, apps) =>
            {
                var rows = await db.ListAsync<Row>(Sql, new { apps, before = time.GetUtcNow() - query.OlderThan });
                return rows.ToDictionary(row => new AppId(row.App), row => new InFlight(row.OldestAt, row.Overdue));
            }, ct);

        private sealed record Row(Guid App, DateTimeOffset OldestAt, int Overdue);
    }
}

/// <param name="Overdue">Older than asked for; counting stops at 1,000.</param>
public sealed record InFlight(DateTimeOffset OldestAt, int Overdue);
