using EventEngine.Application.Shared;
using EventEngine.Domain.Apps;
using EventEngine.Domain.Organizations;
using MediatR;

namespace EventEngine.Application.Apps;

/// <summary>What can be changed of an app.</summary>
/// <exception cref="NotFoundException">The organization has no such app.</exception>
public sealed record GetAppSettings(OrganizationId Organization, AppId App) : IRequest<Answer<AppSettings>>
{
    internal sealed class Handler(ReadModels readModels) : IRequestHandler<GetAppSettings, Answer<AppSettings>>
    {
        private const string Sql = "select app_id, name, environment, registered_at, callback_url, in_flight_minutes from views.apps where app_id = @app";

        public Task<Answer<AppSettings>> Handle(GetAppSettings query, CancellationToken ct) => readModels.ForAppAsync(
            query.Organization,
            query.App,
            ProjectionNames.Apps,
            async db => (await db.SingleAsync<Row>(Sql, new { app = query.App.Value })).ToSettings(),
            ct);

        private sealed record Row(Guid AppId, string Name, string Environment, DateTimeOffset RegisteredAt, string? CallbackUrl, int InFlightMinutes)
        {
            public AppSettings ToSettings() => new(new AppId(AppId), Name, Environment, RegisteredAt, CallbackUrl, InFlightMinutes);
        }
    }
}

public sealed record AppSettings(AppId Id, string Name, string Environment, DateTimeOffset RegisteredAt, string? CallbackUrl, int InFlightMinutes);
