using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>One app, with what it last said of itself.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record GetApp(OrganizationId Organization, AppId App) : IRequest<Answer<AppDetail>>
{
    internal sealed class Handler(ReadModels readModels, IMediator mediator, TimeProvider time) : IRequestHandler<GetApp, Answer<AppDetail>>
    {
        private const string Sql = "select name, environment, registered_at from views.apps where app_id = @app";

        public async Task<Answer<AppDetail>> Handle(GetApp query, CancellationToken ct)
        {
            var app = await readModels.ForAppAsync(
                query.Organization, query.App, ProjectionNames.Apps, db => db.SingleAsync<Row>(Sql, new { app = query.App.Value }), ct);
            var condition = await AppCondition.ReadAsync(mediator, query.Organization, time.GetUtcNow(), ct);
            return new Answer<AppDetail>(Describe(query.App, app.Value, condition), condition.AsOf);
        }

        private static AppDetail Describe(AppId id, Row row, AppCondition condition)
        {
            var (seen, inFlight) = (condition.SightingOf(id), condition.InFlightOf(id));
            return new AppDetail(
                id, row.Name, row.Environment, condition.HealthOf(id), row.RegisteredAt, seen?.LastSeenAt, seen?.LastHeartbeatAt,
                inFlight?.OldestAt, seen?.GemVersion, seen?.RubyVersion, seen?.RailsVersion, seen?.Uptime);
        }

        private sealed record Row(string Name, string Environment, DateTimeOffset RegisteredAt);
    }
}

/// <param name="OldestInFlightAt">Own time of the oldest event that is neither published nor dead.</param>
/// <param name="Uptime">Of the process that sent the last heartbeat.</param>
public sealed record AppDetail(
    AppId Id,
    string Name,
    string Environment,
    AppHealth Health,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? LastHeartbeatAt,
    DateTimeOffset? OldestInFlightAt,
    string? GemVersion,
    string? RubyVersion,
    string? RailsVersion,
    TimeSpan? Uptime);
